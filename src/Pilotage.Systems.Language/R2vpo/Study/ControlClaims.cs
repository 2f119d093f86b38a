using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>What the follow-up's abstract says of control, task by task. Units are training seeds; the tasks share the level.</summary>
/// <param name="tasks">Environments.</param>
internal sealed class ControlClaims(IReadOnlyList<ControlTask> tasks)
{
    /// <summary>How much less of the way from chance to the rule of thumb still counts as the same.</summary>
    public const double Margin = 0.05;

    private const string Source = "arXiv:2605.26784, abstract; bar of this bench";
    private const int LeastSeeds = 8;

    /// <summary>All claims.</summary>
    public IReadOnlyList<Claim> All() => [.. tasks.SelectMany(Of)];

    private IEnumerable<Claim> Of(ControlTask task)
    {
        var rule = new EffectRule { Unit = Replication.Seed, Comparisons = tasks.Count, Sides = Sides.One, Instances = name => name == task.Name };
        yield return rule.Claim($"e-match-{task.Slug}", FormattableString.Invariant($"{task.Name}: over training the bound scores no less than PPO's clip, by a margin of {Margin}"), Source, Region.Above(-Margin),
            (results, own) => PairedEffect.Of(results, ControlArms.Bound, ControlArms.Ppo, R2vpoMetrics.Area, own), LeastSeeds);
        yield return rule.Claim($"e-better-{task.Slug}", $"{task.Name}: over training the bound scores more than PPO's clip", Source, Region.Above(0),
            (results, own) => PairedEffect.Of(results, ControlArms.Bound, ControlArms.Ppo, R2vpoMetrics.Area, own), LeastSeeds);
    }
}
