using System.Globalization;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Policies;

namespace Pilotage.Lab.Improvement;

/// <summary>The one policy that is kept against the rule, on episodes that nothing was trained, chosen or judged on. Units are episodes: it says nothing of other trainings.</summary>
internal sealed class KeptStudy : IStudy
{
    /// <summary>The kept policy's arm.</summary>
    public const string PolicyArm = "kept-policy";

    /// <summary>Puts the study together.</summary>
    /// <param name="make">Makes the environment.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="title">What it is, for the claim's text.</param>
    /// <param name="episodes">Fresh episodes.</param>
    public KeptStudy(Func<int, SeedTree, IVectorEnvironment> make, IPolicy rule, IPolicy policy, string title, int episodes)
    {
        Arms = [Make(ImproveStudy.RuleArm, ArmKind.Heuristic, rule), Make(PolicyArm, ArmKind.Method, policy)];
        var judging = new EffectRule { Unit = Replication.Instance, PlannedUnits = episodes };
        Claims = [judging.Claim(
            "kept", $"The kept policy ({title}) earns more than your rule on fresh episodes", "this program", Region.Above(0),
            static (results, effectRule) => PairedEffect.Of(results, PolicyArm, ImproveStudy.RuleArm, ImproveStudy.Return, effectRule))];

        Arm Make(string name, ArmKind kind, IPolicy policy) => new(name, kind, (trial, cancellation) =>
        [
            .. PolicyEvaluation.Run(policy, make, episodes, trial.Seeds.Evaluation, rows: Math.Min(episodes, MostRows), cancellation).Returns
                .Select((value, episode) => new Measurement(ImproveStudy.Return, string.Create(CultureInfo.InvariantCulture, $"episode-{episode:D6}"), value)),
        ])
        { IsDeterministic = true };
    }

    private const int MostRows = 10_000;                 // beyond it rows play several episodes each, and only their first ones pair strictly

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; }

    /// <inheritdoc/>
    public int SeedCount => 1;

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } = [new(ImproveStudy.Return, "return", HigherIsBetter: true)];

    /// <inheritdoc/>
    public string ReferenceArm => ImproveStudy.RuleArm;
}
