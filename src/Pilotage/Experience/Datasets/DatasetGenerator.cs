using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Experience.Datasets;

/// <summary>Records the kinds of data sets that offline learning is studied on. The fifth, a learner's replay, comes from the <see cref="ExperienceTap"/> that it learned through.</summary>
/// <remarks>Source: arXiv:2111.04714, section 4. Each has exactly as many transitions as asked for; the last episode of each row is usually a piece.</remarks>
public static class DatasetGenerator
{
    /// <summary>Part of a mixed data set that is random.</summary>
    public const double RandomShare = 0.8;

    /// <summary>Part of a noisy data set's actions that are drawn uniformly.</summary>
    public const double NoiseShare = 0.2;

    /// <summary>Uniform legal actions.</summary>
    /// <param name="environment">Begins new episodes in every row.</param>
    /// <param name="count">Transitions over all rows, at least 1.</param>
    /// <param name="seeds">Its actions branch draws the actions.</param>
    /// <returns>The data set.</returns>
    public static TransitionDataset Random(IVectorEnvironment environment, int count, SeedTree seeds) =>
        Record(new RandomPolicy(), environment, count, seeds, new() { Kind = DatasetKind.Random, Behaviour = "random" });

    /// <summary>A policy as it acts when it does not explore.</summary>
    /// <param name="policy">Whose play it is.</param>
    /// <param name="behaviour">What it is called.</param>
    /// <param name="environment">Begins new episodes in every row.</param>
    /// <param name="count">Transitions over all rows, at least 1.</param>
    /// <param name="seeds">Its actions branch is the policy's stream.</param>
    /// <returns>The data set.</returns>
    public static TransitionDataset Expert(IPolicy policy, string behaviour, IVectorEnvironment environment, int count, SeedTree seeds) =>
        Record(policy, environment, count, seeds, new() { Kind = DatasetKind.Expert, Behaviour = behaviour });

    /// <summary>A policy some of whose actions are replaced by uniform legal ones. For one discrete choice.</summary>
    /// <param name="policy">Whose play it is.</param>
    /// <param name="behaviour">What it is called.</param>
    /// <param name="environment">Begins new episodes in every row.</param>
    /// <param name="count">Transitions over all rows, at least 1.</param>
    /// <param name="seeds">Its actions branch draws the actions.</param>
    /// <param name="epsilon">Probability of a uniform action, in [0, 1].</param>
    /// <returns>The data set.</returns>
    /// <exception cref="UserMistakeException">The action space is not one discrete choice (PIL1113).</exception>
    public static TransitionDataset Noisy(IPolicy policy, string behaviour, IVectorEnvironment environment, int count, SeedTree seeds, double epsilon = NoiseShare)
    {
        if (environment.Spec.Actions is not ActionSpace.Discrete)
            throw new UserMistakeException(new Mistake("PIL1113", $"{environment.Spec.Name} has no single discrete choice of actions, which noise by uniform actions needs.", "", "Record it as random or expert.").ToString());
        return Record(
            new ExploringPolicy(policy, epsilon), environment, count, seeds, new() { Kind = DatasetKind.Noisy, Behaviour = FormattableString.Invariant($"{behaviour}, epsilon {epsilon}") });
    }

    /// <summary>Mostly random: the first part of one data set, then the first part of another, together as long as the first one.</summary>
    /// <param name="random">Gives the first four fifths.</param>
    /// <param name="expert">Gives the last fifth; at least that long.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="ArgumentException">There are too few transitions.</exception>
    public static TransitionDataset Mixed(TransitionDataset random, TransitionDataset expert)
    {
        var most = (int)(RandomShare * random.Count);
        if (most < 1 || expert.Count < random.Count - most)
            throw new ArgumentException($"{random.Count} random and {expert.Count} expert transitions cannot be mixed to {random.Count}, of which {random.Count - most} are the expert's.", nameof(expert));
        var origin = new DatasetOrigin { Kind = DatasetKind.Mixed, Behaviour = $"{random.Origin.Behaviour}, then {expert.Origin.Behaviour}" };
        return TransitionDataset.Join(origin, random.First(most), expert.First(random.Count - most));
    }

    /// <summary>Whatever a policy does.</summary>
    /// <param name="policy">Whose play it is; its mistakes are named.</param>
    /// <param name="environment">Begins new episodes in every row.</param>
    /// <param name="count">Transitions over all rows, at least 1.</param>
    /// <param name="seeds">Its actions branch is the policy's stream.</param>
    /// <param name="origin">Kind and name of the behaviour.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="UserMistakeException">The policy threw or chose an action that is not allowed.</exception>
    public static TransitionDataset Record(IPolicy policy, IVectorEnvironment environment, int count, SeedTree seeds, DatasetOrigin origin) =>
        new TransitionDataset(DemonstrationRecorder.Record(policy, environment, count, seeds, "The behaviour"), origin).First(count);
}
