using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Policies;

namespace Pilotage.Lab.Improvement;

/// <summary>Plays a user's rule before anything is trained.</summary>
internal static class RuleCheck
{
    private const int Episodes = 8;

    /// <summary>Plays the rule on a few episodes, twice.</summary>
    /// <param name="rule">As the user gave it.</param>
    /// <param name="spec">The problem.</param>
    /// <param name="make">Makes the environment.</param>
    /// <returns>The rule, its mistakes named from now on.</returns>
    /// <exception cref="UserMistakeException">The rule throws, chooses what it may not, or does not repeat itself; or the environment breaks where the rule leads it.</exception>
    public static IPolicy Checked(IPolicy rule, EnvironmentSpec spec, Func<int, SeedTree, IVectorEnvironment> make)
    {
        if (spec.TimeLimit is null)
        {
            throw new UserMistakeException(new Mistake(
                "PIL0808", $"{spec.Name} has no TimeLimit: a policy that never ends its episode could not be evaluated.", "",
                "Give Describe a TimeLimit at least as long as the longest episode that counts; it truncates, so that learners still count what would have followed.").ToString());
        }
        var policy = new CheckedPolicy(rule, spec);
        try
        {
            var (first, second) = (Play(), Play());
            for (var episode = 0; episode < Episodes; episode++)
            {
                if (first.Returns[episode].Equals(second.Returns[episode]) && first.Lengths[episode] == second.Lengths[episode]) continue;
                throw new UserMistakeException(new Mistake(
                    "PIL0813", FormattableString.Invariant($"Your rule does not repeat itself: on the same episode it earned {first.Returns[episode]} and then {second.Returns[episode]}."), "",
                    "A rule looks at the frame, at its PolicyMemory and at the given random numbers; keep nothing of an episode in fields or static variables.").ToString());
            }
        }
        catch (RunFailedException broken)
        {
            throw new UserMistakeException(new Mistake("PIL0804", $"Under your rule: {broken.Message}", "", "").ToString());
        }
        return policy;

        EpisodeReturns Play() => PolicyEvaluation.Run(policy, make, Episodes, SeedTree.Root(0).Branch("check"), rows: Episodes);
    }
}
