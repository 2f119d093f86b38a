using Pilotage.Evaluation;
using Pilotage.Settings;

namespace Pilotage.Lab.Sweeps.Targets;

/// <summary>What a sweep tunes: a learner on an environment, or an arm of a system's study.</summary>
internal interface ISweepTarget
{
    /// <summary>What is tuned, in words: <c>ppo on CartPole-v1</c>.</summary>
    string Title { get; }

    /// <summary>The measure that decides.</summary>
    Metric Metric { get; }

    /// <summary>The name of the rule that decides today, in tables.</summary>
    string RuleName { get; }

    /// <summary>Schema of the settings that may be varied.</summary>
    SettingsSchema Schema { get; }

    /// <summary>What every candidate starts from.</summary>
    object Start { get; }

    /// <summary>The setting that is the budget of a trial where none is named; <see langword="null"/> if there is none.</summary>
    string? UsualBudget { get; }

    /// <summary>Which instances the tuner may see, where the user left it open.</summary>
    /// <param name="seeds">Where to try it.</param>
    /// <param name="cancellation">Looked at between tries.</param>
    /// <returns><see cref="InstanceUse.Split"/> or <see cref="InstanceUse.Fresh"/>.</returns>
    InstanceUse Resolve(TuningSeeds seeds, CancellationToken cancellation);

    /// <summary>Refuses what only trying finds out, before anything is written.</summary>
    /// <param name="keys">The settings that are varied, with their extreme values.</param>
    /// <param name="seeds">Where to try it.</param>
    /// <param name="cancellation">Looked at between tries.</param>
    /// <exception cref="UserMistakeException">A setting belongs to the problem and not to the arm; a metric is not measured.</exception>
    void Check(IReadOnlyList<(string Key, IReadOnlyList<string> Values)> keys, TuningSeeds seeds, CancellationToken cancellation);

    /// <summary>Measures the rule.</summary>
    /// <param name="seed">Which replication.</param>
    /// <param name="seeds">Its node.</param>
    /// <param name="isTest">Whether it is for the verdict: then the instances that the tuner did not see.</param>
    /// <param name="cancellation">Stops within the trial.</param>
    IReadOnlyList<Measurement> MeasureRule(int seed, SeedTree seeds, bool isTest, CancellationToken cancellation);

    /// <summary>Trains and measures settings.</summary>
    /// <param name="settings">The whole record.</param>
    /// <param name="seed">Which replication.</param>
    /// <param name="seeds">Its node.</param>
    /// <param name="isTest">Whether it is for the verdict.</param>
    /// <param name="cancellation">Stops within the trial.</param>
    IReadOnlyList<Measurement> Measure(object settings, int seed, SeedTree seeds, bool isTest, CancellationToken cancellation);
}
