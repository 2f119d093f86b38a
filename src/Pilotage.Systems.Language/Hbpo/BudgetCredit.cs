using Pilotage.Credit;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>Credit of answers that were drawn under several budgets: how well the budget was used, and how the answer compares with all others.</summary>
/// <remarks>arXiv:2507.15844, Algorithm 1. Symbols: mu_i mean reward of subgroup i, b_i its budget, f2 worth within the budget.</remarks>
internal static class BudgetCredit
{
    /// <summary>A_ij = w (mu_i - f2(b_i)) + (R_ij - mean(R)) / (std(R) + 1e-6), the last with the sample deviation over all answers; 0 where all rewards are equal.</summary>
    /// <param name="rewards">R of all answers, subgroup by subgroup, subgroups of one size.</param>
    /// <param name="within">f2(b_i) of each subgroup.</param>
    /// <param name="intraWeight">w: 1 the paper, 2 the released code, 0 without the first term.</param>
    /// <param name="advantages">Receives A.</param>
    /// <exception cref="ArgumentException">The subgroups do not divide the answers.</exception>
    public static void Compute(ReadOnlySpan<float> rewards, ReadOnlySpan<double> within, double intraWeight, Span<float> advantages)
    {
        if (within.Length == 0 || rewards.Length % within.Length != 0)
            throw new ArgumentException($"BudgetCredit: {rewards.Length} answers do not divide into {within.Length} subgroups of one size.", nameof(rewards));
        GroupScores.Standardize(rewards, advantages);
        var size = rewards.Length / within.Length;
        for (var subgroup = 0; subgroup < within.Length; subgroup++)
        {
            var sum = 0.0;
            foreach (var reward in rewards.Slice(subgroup * size, size)) sum += reward;
            var intra = intraWeight * (sum / size - within[subgroup]);
            foreach (ref var advantage in advantages.Slice(subgroup * size, size)) advantage += (float)intra;
        }
    }
}
