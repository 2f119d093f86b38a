using Pilotage.Algorithms;
using Pilotage.Cli;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab;
using Pilotage.Lab.Rollouts;
using Pilotage.Lab.Runs;
using Pilotage.Settings;
using Pilotage.Testing;

namespace Pilotage.Cluster.Tests.Rollouts;

/// <summary>A small training, whose bits were computed once by one thread.</summary>
internal static class Training
{
    /// <summary>Of 4 rows.</summary>
    public const int Rollouts = 24;

    private static readonly Lazy<StudyReport> Expected = new(() =>
    {
        using var folder = new TemporaryFolder();
        return Begin(folder, "alone", pool: null).Run(progress: null, CancellationToken.None);
    });

    /// <summary>The hash of one thread's parameters.</summary>
    public static string Hash => Expected.Value.ParameterHash!;

    public static TrainingRun Begin(TemporaryFolder folder, string name, IRolloutPool? pool, int horizon = 16)
    {
        Dictionary<string, string> small = new()
        {
            ["steps"] = $"{Rollouts * 4 * horizon}", ["environmentCount"] = "4", ["minibatches"] = "2", ["horizon"] = $"{horizon}", ["hidden"] = "[8]", ["epochs"] = "2",
            ["normalizeObservations"] = "true", ["normalizeRewards"] = "true", ["holdNormalization"] = "true",
        };
        var settings = SettingsBinder.Bind(PpoConfig.Schema, new PpoConfig(), SettingSource.FromCode(small, "the test"));
        var header = new RunHeader { Command = RunCommand.Train, Algorithm = "ppo", Environment = "Pendulum-v1", Seed = 5, EvaluationEpisodes = 1, CheckpointEvery = 256, Version = ProgramVersion.Text };
        var configuration = new RunConfiguration(header, PpoConfig.Schema, settings);
        return TrainingRun.Begin(configuration, RunFolder.Create(configuration, folder.In(name), TimeProvider.System), pool: pool);
    }

    /// <summary>Calls back once after so many steps.</summary>
    public static IProgress<TrainingProgress> At(params (long Steps, Action Action)[] events) => new Caller(events);

    private sealed class Caller((long Steps, Action Action)[] events) : IProgress<TrainingProgress>
    {
        private int _done;

        public void Report(TrainingProgress value)
        {
            if (_done == events.Length || value.Steps < events[_done].Steps) return;
            events[_done++].Action();
        }
    }
}
