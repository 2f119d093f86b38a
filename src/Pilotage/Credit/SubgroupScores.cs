namespace Pilotage.Credit;

/// <summary>Credit of the leaves of a tree: how each compares with those that share an ancestor with it, level by level. Does not normalise.</summary>
/// <remarks>
/// Source: arXiv:2508.17445 (TreePO), eq. 5: A_ij = R_i - mean of R over the leaves that share i's ancestor at depth j, A_i a mean over j. The leaf itself is no level. As in the authors' code
/// a level with one leaf is left out, but for the root's; where the root has one leaf its mean is 0. Sums are in double; thread-safe.
/// </remarks>
public static class SubgroupScores
{
    /// <summary>Compares the leaves of one tree.</summary>
    /// <param name="rewards">Of the leaves, any unit, at least one.</param>
    /// <param name="ancestors">[leaves, levels], the number of each leaf's ancestor at each depth from 0, the root, on; negative from the leaf's own depth on. Equal numbers at one depth: the same ancestor.</param>
    /// <param name="levels">Columns of the ancestors, at least 1.</param>
    /// <param name="weighting">How levels share.</param>
    /// <param name="advantages">Receives A, one for each leaf. Those of any one subgroup add up to 0 at that level.</param>
    /// <param name="skipsLevel">Whether subgroups whose rewards are all equal are left out too, but for the root's. The paper found that it hurts.</param>
    /// <exception cref="ArgumentException">There is no leaf, the lengths differ, or a leaf has no root.</exception>
    public static void Of(ReadOnlySpan<float> rewards, ReadOnlySpan<int> ancestors, int levels, SubgroupWeighting weighting, Span<float> advantages, bool skipsLevel = false)
    {
        if (rewards.IsEmpty || levels < 1 || ancestors.Length != rewards.Length * levels || advantages.Length != rewards.Length)
            throw new ArgumentException($"SubgroupScores: {rewards.Length} rewards, {ancestors.Length} ancestors of {levels} levels and room for {advantages.Length} results do not fit; wanted at least one reward and as many of each.", nameof(rewards));
        for (var leaf = 0; leaf < rewards.Length; leaf++)
        {
            if (ancestors[leaf * levels] < 0) throw new ArgumentException($"SubgroupScores: leaf {leaf} has no root; wanted the root's number in its first column.", nameof(ancestors));
            double root = 0, sum = 0, weights = 0;
            for (var level = 0; level < levels && ancestors[leaf * levels + level] >= 0; level++)
            {
                var (count, mean, isLevel) = Subgroup(rewards, ancestors, levels, leaf, level);
                var advantage = rewards[leaf] - mean;
                if (level == 0)
                {
                    // A group of one has nobody to be compared with: what it earned stands alone.
                    root = count == 1 ? rewards[leaf] : advantage;
                    if (weighting == SubgroupWeighting.NoRoot) continue;
                    advantage = root;
                }
                else if (count == 1 || (skipsLevel && isLevel)) continue;
                var weight = weighting == SubgroupWeighting.Size ? count : 1;
                sum += weight * advantage;
                weights += weight;
            }
            advantages[leaf] = (float)(weights == 0 ? root : sum / weights);
        }
    }

    private static (int Count, double Mean, bool IsLevel) Subgroup(ReadOnlySpan<float> rewards, ReadOnlySpan<int> ancestors, int levels, int leaf, int level)
    {
        var (count, sum, isLevel, ancestor) = (0, 0.0, true, ancestors[leaf * levels + level]);
        for (var other = 0; other < rewards.Length; other++)
        {
            if (ancestors[other * levels + level] != ancestor) continue;
            count++;
            sum += rewards[other];
            isLevel &= rewards[other] == rewards[leaf];
        }
        return (count, sum / count, isLevel);
    }
}
