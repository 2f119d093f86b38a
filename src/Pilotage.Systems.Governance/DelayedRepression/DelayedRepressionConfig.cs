using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>Settings of delayed repression: the feedback loop with closed-form answers, the society, what is swept. Defaults are those of the paper's simulator.</summary>
[Settings]
public sealed partial record DelayedRepressionConfig : ISettingsRules
{
    /// <summary>a: what being radical earns in the feedback loop, per unit of time.</summary>
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public double Benefit { get; init; } = 2;

    /// <summary>C: what certain punishment costs in the feedback loop; above a.</summary>
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public double Punishment { get; init; } = 7;

    /// <summary>k: sharpness of the response in the feedback loop; usual 1-50.</summary>
    [Range(0.0, 1e4, MinimumIsExclusive = true)]
    public double LoopSharpness { get; init; } = 10;

    /// <summary>x_c: share of radicals at which the feedback loop gives half its response; in (0, 1).</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LoopThreshold { get; init; } = 0.72;

    /// <summary>What agents earn, what punishment costs, how the regulator answers.</summary>
    public SocietySettings Society { get; init; } = new();

    /// <summary>Number of agents of a generated graph.</summary>
    [Range(12, 100_000)]
    public int Agents { get; init; } = 240;

    /// <summary>How generated graphs are wired: modular, random or scaleFree.</summary>
    public Topology Topology { get; init; } = Topology.Modular;

    /// <summary>Steps of a run; its second half is the tail.</summary>
    [Range(8, 1_000_000)]
    public int Steps { get; init; } = 500;

    /// <summary>alpha: step size of learning agents. 0.01: slow and steady; 1: the last reward alone.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double StepSize { get; init; } = 0.10;

    /// <summary>gamma: how much learning agents care for later.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Discount { get; init; } = 0.95;

    /// <summary>epsilon: how often learning agents try something else.</summary>
    [Range(0.0, 1.0)]
    public double Exploration { get; init; } = 0.08;

    /// <summary>Share of radicals above which a run has run away; the paper finds its order kept from 0.30 to 0.50.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double RunawayShare { get; init; } = 0.40;

    /// <summary>Delays at which the architectures are compared, in steps. Claims speak of 0 and of the longest.</summary>
    [Range(0, 100_000)]
    public IReadOnlyList<int> Delays { get; init; } = [0, 4, 8, 14, 20];

    /// <summary>Apply: how late the alarm is today, in steps.</summary>
    [Range(0, 100_000)]
    public int DelayToday { get; init; } = 8;

    /// <summary>Apply: runs for each delay and architecture. With none of 50 running away, up to 7 % may.</summary>
    [Range(2, 100_000)]
    public int ApplyRuns { get; init; } = 50;

    /// <summary>Apply: share of runs that may run away at a delay called safe; compared with the upper end of the interval.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double AcceptedShare { get; init; } = 0.1;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        foreach (var problem in Society.Problems()) yield return problem;
        foreach (var problem in Loop.Problems("benefit, punishment, loopSharpness, loopThreshold")) yield return problem;
        if (Delays.Count < 3) yield return $"delays has {Delays.Count} number(s); a trend needs at least 3. Give for example [0, 4, 8, 14, 20].";
        if (Delays.Distinct().Count() != Delays.Count) yield return $"delays = [{string.Join(", ", Delays)}] names a delay twice. Name each once.";
        if (!Delays.Contains(0)) yield return $"delays = [{string.Join(", ", Delays)}] lacks 0, with which every other is compared. Add it.";
        if (Delays.Count > 0 && !Delays.Any(delay => delay >= 8)) yield return $"delays = [{string.Join(", ", Delays)}] has none of 8 or more, of which the claims speak. Add one.";
    }

    /// <summary>The feedback loop.</summary>
    internal FeedbackLoop Loop => new(Benefit, Punishment, LoopSharpness, LoopThreshold);
}
