using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>Every bad input gives one message in the shared layout, exit code 2, no stack trace, and leaves nothing behind.</summary>
public sealed class MistakeTests
{
    [Theory]
    [InlineData("unknown_command", "trian")]
    [InlineData("unknown_option", "run coin-tossing --sed 3")]
    [InlineData("two_unknown_options", "run coin-tossing --sed 3 --scal smoke")]
    [InlineData("option_without_value", "run coin-tossing --seeds")]
    [InlineData("option_in_the_place_of_a_value", "run coin-tossing --seeds --json")]
    [InlineData("option_twice", "run coin-tossing --seeds 3 --seeds 4")]
    [InlineData("missing_argument", "run")]
    [InlineData("missing_required_options", "train")]
    [InlineData("one_word_too_many", "run coin-tossing now")]
    [InlineData("command_of_data_missing", "data")]
    [InlineData("unknown_system", "run coin-tosing")]
    [InlineData("unknown_environment", "train --algorithm ppo --environment CartPole")]
    [InlineData("unknown_algorithm", "train --algorithm pop --environment CartPole-v1")]
    [InlineData("unknown_algorithm_and_environment", "train --algorithm pop --environment CartPole")]
    [InlineData("unknown_data_set", "data get cloud-autoscalin")]
    [InlineData("unknown_scale", "run coin-tossing --scale laptp")]
    [InlineData("seeds_no_number", "run coin-tossing --seeds many")]
    [InlineData("seeds_out_of_range", "run coin-tossing --seeds 0")]
    [InlineData("steps_out_of_range", "train --algorithm ppo --environment CartPole-v1 --steps 0")]
    [InlineData("unknown_setting", "run coin-tossing --set toses=3")]
    [InlineData("setting_without_equals", "run coin-tossing --set tosses")]
    [InlineData("setting_wrong_type", "run coin-tossing --set tosses=few")]
    [InlineData("setting_out_of_range", "run coin-tossing --set bias=1.5")]
    [InlineData("setting_not_a_number", "run coin-tossing --set bias=NaN")]
    [InlineData("settings_several_problems", "run coin-tossing --scale tiny --seeds -1 --set bias=2 --set toses=3")]
    [InlineData("minibatches_do_not_divide", "train --algorithm ppo --environment CartPole-v1 --set minibatches=7 --set horizon=128 --set environmentCount=4")]
    [InlineData("discrete_algorithm_on_a_box", "train --algorithm dqn --environment Pendulum-v1")]
    [InlineData("box_algorithm_on_a_choice", "train --algorithm td3 --environment CartPole-v1")]
    [InlineData("td3_several_problems", "train --algorithm td3 --environment Pendulum-v1 --set capacity=100 --set learningStarts=30000 --set targetNoise=-1 --set policyDelay=0")]
    [InlineData("ddpg_batch_above_capacity", "train --algorithm ddpg --environment Pendulum-v1 --set capacity=100 --set learningStarts=30000")]
    [InlineData("warm_start_of_an_algorithm_that_cannot", "train --algorithm cma-es --environment CartPole-v1 --warm-start heuristic")]
    [InlineData("warm_start_from_nowhere", "train --algorithm ppo --environment CartPole-v1 --warm-start nowhere")]
    [InlineData("rollout_threads_out_of_range", "train --algorithm ppo --environment CartPole-v1 --rollout-threads 0")]
    [InlineData("rollout_threads_of_a_learner_without_rollouts", "train --algorithm sac --environment Pendulum-v1 --rollout-threads 2")]
    [InlineData("rollout_threads_and_moments_of_each_step", "train --algorithm ppo --environment MountainCar-v0 --rollout-threads 2")]
    [InlineData("missing_config_file", "run coin-tossing --config nowhere.yaml")]
    [InlineData("missing_data_folder", "run coin-tossing --data nowhere")]
    [InlineData("missing_input", "apply coin-tossing --input nowhere.txt")]
    [InlineData("input_not_given", "apply coin-tossing")]
    [InlineData("apply_of_one_piece_with_workers", "apply coin-tossing --input . --workers 2")]
    [InlineData("unknown_device", "run coin-tossing --device tpu")]
    [InlineData("missing_device", "run coin-tossing --device cuda")]
    [InlineData("resume_nothing", "resume nowhere")]
    [InlineData("evaluate_nothing", "evaluate nowhere")]
    [InlineData("evaluate_rule_nowhere", "evaluate heuristic")]
    [InlineData("evaluate_several_problems", "evaluate heuristic --environment CartPole --episodes 0 --film film.mp4")]
    [InlineData("compare_one", "compare heuristic --environment CartPole-v1")]
    [InlineData("compare_twice_the_same", "compare heuristic heuristic --environment CartPole-v1")]
    [InlineData("export_without_folder", "export nowhere")]
    [InlineData("dashboard_several_problems", "dashboard --listen example.org --port 70000")]
    [InlineData("dashboard_open_without_a_token", "dashboard --listen 0.0.0.0")]
    [InlineData("serve_nothing", "serve nowhere")]
    [InlineData("serve_several_problems", "serve nowhere --host example.org --port 70000 --grpc-port x --max-batch 0")]
    [InlineData("serve_open_without_a_token", "serve nowhere --host 0.0.0.0")]
    [InlineData("export_a_rule", "export heuristic --out nowhere")]
    [InlineData("export_in_an_unknown_format", "export nowhere --out nowhere --format onx")]
    [InlineData("too_few_seeds_for_the_claim", "run coin-tossing --seeds 5")]
    public void Mistake_OfEachKind_IsToldAndNothingIsRun(string name, string command)
    {
        using var folder = new TemporaryFolder();
        string[] arguments = [.. command.Split(' ')];
        // Not behind an option that lacks its value: it would take --out for it.
        if (arguments is ["run" or "train" or "apply", _, .., not "--seeds"]) arguments = [.. arguments, "--out", folder.In("run")];

        var answer = Tool.Run(arguments);

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Assert.Empty(answer.Output);
        Assert.DoesNotContain("   at ", answer.Error);
        Assert.False(Directory.Exists(folder.In("run")));
        Snapshot.Matches(answer.Transcript(folder.Path), name);
    }
}
