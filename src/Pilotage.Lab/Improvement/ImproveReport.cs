using Pilotage.Evaluation.Reports;
using Pilotage.Policies;

namespace Pilotage.Lab.Improvement;

/// <summary>What a run leaves: the answer, the evidence, and the policy.</summary>
/// <param name="Answer">Whether anything beat the rule.</param>
/// <param name="Study">The content of <c>report.json</c>: arms, differences with intervals, claims. The last claim is about the kept policy on fresh episodes.</param>
/// <param name="Best">Name of the learner whose policy is kept: the one with the highest mean return.</param>
/// <param name="Choices">For each learner the settings that won on validation seeds: <c>ppo fast</c>.</param>
/// <param name="Policy">The kept policy: of the best learner's trainings, the one with the highest return on validation episodes.</param>
/// <param name="Folder">The run's folder.</param>
public sealed record ImproveReport(Answer Answer, StudyReport Study, string Best, IReadOnlyList<string> Choices, IPolicy Policy, string Folder)
{
    /// <summary>The claim about the kept policy.</summary>
    public ClaimReport Kept => Study.Claims[^1];

    /// <summary>The claim about the best learner.</summary>
    public ClaimReport BestClaim => Study.Claims.First(claim => claim.Id == Best);
}
