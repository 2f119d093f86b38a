namespace Pilotage.Systems.Language.Hbpo;

/// <summary>What a correct answer of n tokens is worth under a budget of b: flat within the budget, falling beyond it, and less for larger budgets.</summary>
/// <remarks>
/// Source: arXiv:2507.15844, eq. 1 to 3. Symbols: n generated tokens, b budget, L_max most tokens, beta scale, alpha price of a token away from the budget. The released code rounds the
/// cosine to two decimals and takes 3.1416 for pi; here neither is done.
/// </remarks>
/// <param name="MaximumTokens">L_max, above 0.</param>
/// <param name="Scale">beta, above 0.</param>
/// <param name="Deviation">alpha L_max: what L_max tokens away from the budget cost, at least 0.</param>
/// <param name="Rule">Which published form.</param>
internal sealed record BudgetReward(int MaximumTokens, double Scale = 4, double Deviation = 1, BudgetRule Rule = BudgetRule.Paper)
{
    private const double Unformed = -1;

    /// <summary>f1(n, b) = beta cos(pi n / (2 L_max)) - alpha |n - b|: worth of a correct answer beyond its budget.</summary>
    /// <param name="tokens">n.</param>
    /// <param name="budget">b.</param>
    /// <returns>At most beta; may be negative for large alpha.</returns>
    public double Beyond(int tokens, int budget) => Cosine(tokens) - Deviation / MaximumTokens * Math.Abs(tokens - budget);

    /// <summary>f2(b) = beta cos(pi b / (2 L_max)): worth of a correct answer within its budget, and what a subgroup is measured against.</summary>
    /// <param name="budget">b.</param>
    /// <returns>In [0, beta].</returns>
    public double Within(int budget) => Cosine(budget);

    /// <summary>beta cos(pi n / (2 L_max)): worth of a correct answer without a budget.</summary>
    /// <param name="tokens">n, in [0, L_max].</param>
    /// <returns>In [0, beta].</returns>
    public double Cosine(int tokens) => Scale * Math.Cos(Math.PI * tokens / (2.0 * MaximumTokens));

    /// <summary>R(n | b).</summary>
    /// <param name="isCorrect">What the verifier says.</param>
    /// <param name="isEnded">Whether the answer ended by itself: one that was cut off is wrong.</param>
    /// <param name="tokens">n.</param>
    /// <param name="budget">b.</param>
    /// <returns>The reward.</returns>
    public double Of(bool isCorrect, bool isEnded, int tokens, int budget)
    {
        if (Rule == BudgetRule.CodeMin && !isEnded) return Unformed;
        if (!isCorrect || !isEnded || tokens > MaximumTokens) return 0;
        if (Rule == BudgetRule.CodeMin) return Math.Min(Beyond(tokens, budget), Within(budget));
        return tokens > budget ? Beyond(tokens, budget) : Within(budget);
    }
}
