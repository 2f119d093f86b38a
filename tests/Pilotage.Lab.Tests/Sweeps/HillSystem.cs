using System.Collections.Concurrent;
using Pilotage.Evaluation;
using Pilotage.Settings;
using Pilotage.Systems;

namespace Pilotage.Lab.Tests.Sweeps;

/// <summary>A system whose arm climbs a hill with a known top: east 0.3, stride 0.01, boots 4, load light. Remembers which seeds it was asked for.</summary>
internal sealed class HillSystem : ISystem
{
    public const string Rule = "stay", Climber = "climb", Metric = "height";

    /// <summary>The nodes that any arm was given, in order.</summary>
    public ConcurrentQueue<ulong> Nodes { get; } = [];

    /// <summary>Told before each trial.</summary>
    public Action<string> Tell { get; set; } = static _ => { };

    /// <summary>Whether the study has an arm that does not depend on seeds, as with instances that are always the same.</summary>
    public bool HasFixedInstances { get; init; }

    /// <summary>Added to what the climber reaches.</summary>
    public double Bonus { get; init; }

    public SystemDescription Description { get; } = new("hill", "On Hills", "nowhere", "Games", "Where to stand", [], new Dictionary<Scale, double>(), "nothing");

    public SettingsSchema Settings => HillSettings.Schema;

    public IStudy CreateStudy(StudyRequest request) => new HillStudy(this, (HillSettings)request.Settings);

    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) => throw new NotSupportedException();

    /// <summary>The height without noise.</summary>
    public static double HeightOf(HillSettings settings) =>
        settings.Height - 40 * Math.Pow(settings.East - 0.3, 2) - 5 * Math.Pow(Math.Log10(settings.Stride) + 2, 2) - Math.Pow(settings.Boots - 4, 2) - (settings.Load == HillLoad.Light ? 0 : 3);
}

/// <summary>The study of <see cref="HillSystem"/>.</summary>
internal sealed class HillStudy : IStudy
{
    private const int Instances = 6;
    private readonly HillSystem _system;

    public HillStudy(HillSystem system, HillSettings settings)
    {
        _system = system;
        Arms =
        [
            new(HillSystem.Rule, ArmKind.Heuristic, (trial, _) => Measure(trial, settings.Height - 50, "rule")) { IsDeterministic = system.HasFixedInstances },
            new(HillSystem.Climber, ArmKind.Method, (trial, _) => Climb(trial, settings)),
            new("other", ArmKind.Baseline, (trial, _) => [new("steps", "", 1)]),
        ];
    }

    public IReadOnlyList<Arm> Arms { get; }

    public IReadOnlyList<Claim> Claims => [];

    public int SeedCount => 3;

    public IReadOnlyList<Metric> Metrics { get; } = [new(HillSystem.Metric, "height (metres)", HigherIsBetter: true), new("steps", "steps", HigherIsBetter: false)];

    public string ReferenceArm => HillSystem.Rule;

    private List<Measurement> Climb(Trial trial, HillSettings settings)
    {
        if (settings.Falls && settings.East > 0.5) throw new RunFailedException("The climber fell.");
        var height = settings.East == 10 ? double.NaN : HillSystem.HeightOf(settings) * settings.Hours / 90 + _system.Bonus;
        return Measure(trial, height, FormattableString.Invariant($"climb {settings.East} {settings.Hours}"));
    }

    private List<Measurement> Measure(Trial trial, double height, string words)
    {
        _system.Tell(words);
        _system.Nodes.Enqueue(trial.Seeds.Key);
        var random = _system.HasFixedInstances ? SeedTree.Root(5).Start() : trial.Seeds.Start();
        return [.. Enumerable.Range(0, Instances).Select(i => new Measurement(HillSystem.Metric, FormattableString.Invariant($"slope-{i}"), height + 0.01 * random.NextNormal()))];
    }
}
