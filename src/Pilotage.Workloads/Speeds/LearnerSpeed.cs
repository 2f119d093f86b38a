using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Systems;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Workloads.Speeds;

/// <summary>Learners end to end: playing, acting and learning together, at their default settings.</summary>
public static class LearnerSpeed
{
    private const long Endless = 1_000_000_000;

    /// <summary>PPO on CartPole.</summary>
    public static SpeedGroup PpoGroup { get; } = new("ppo", "PPO on CartPole, end to end", [EndToEnd("PPO on CartPole", Ppo) with { IsShort = true, RunsOnTorch = true }]);

    /// <summary>DQN on CartPole.</summary>
    public static SpeedGroup DqnGroup { get; } = new("dqn", "DQN on CartPole, end to end", [EndToEnd("DQN on CartPole", Dqn)]);

    /// <summary>SAC's update, and SAC on Pendulum.</summary>
    public static SpeedGroup SacGroup { get; } = new("sac", "SAC's update of 256, and SAC on Pendulum", [
        EngineSpeed.Step("SAC update of 256, 256-256", device => new SacUpdate(256, device)) with { IsShort = true },
        EndToEnd("SAC on Pendulum", Sac),
    ]);

    /// <summary>PPO on CartPole: 4 environments x 128 steps, 4 epochs x 4 minibatches, two 64-64 tanh networks.</summary>
    /// <param name="device">Where to learn.</param>
    /// <returns>A learner that has not begun.</returns>
    public static ILearner Ppo(Device device) =>
        new Ppo(new PpoConfig { Steps = Endless }, new VectorEnvironment<CartPole>(new CartPole[4], SeedTree.Root(1)), SeedTree.Root(1), device);

    /// <summary>DQN on CartPole: one environment, one update of 64 per step, 64-64 relu network, double estimate.</summary>
    /// <param name="device">Where to learn.</param>
    /// <returns>A learner that has not begun.</returns>
    public static ILearner Dqn(Device device) =>
        new Dqn(new DqnConfig { Steps = Endless, ExplorationShare = 1e-6 }, new VectorEnvironment<CartPole>(new CartPole[1], SeedTree.Root(1)), SeedTree.Root(1), device);

    /// <summary>SAC on Pendulum: one environment, one update of 256 per step, actor and twin critics of 256-256.</summary>
    /// <param name="device">Where to learn.</param>
    /// <returns>A learner that has not begun.</returns>
    public static ILearner Sac(Device device) =>
        new Sac(new SacConfig { Steps = Endless }, new VectorEnvironment<Pendulum>(new Pendulum[1], SeedTree.Root(1)), SeedTree.Root(1), device);

    private static SpeedCase EndToEnd(string name, Func<Device, ILearner> make) => new(name, "steps/s", device =>
    {
        var learner = make(device);
        return () =>
        {
            var before = learner.Steps;
            learner.Iterate();
            return learner.Steps - before;
        };
    });
}
