using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Arithmetic;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>Additions in whose demonstrations a budget sometimes stands behind the prompt, and says nothing: the length of the trace is drawn without looking at it.</summary>
/// <remarks>
/// A small model that never saw a budget would be thrown off by it. Seen so, it is read and ignored, and what it means is left to be learned from rewards. Validation and test problems are
/// plain.
/// </remarks>
internal sealed class BudgetedAddition : IGeneratedTask
{
    private readonly AdditionTask _addition;
    private readonly TextProblem[] _train;

    /// <param name="settings">Of the additions.</param>
    /// <param name="text">How a budget is told.</param>
    /// <param name="maximumTokens">Budgets are drawn from 10 on below it: of two digits, so that they take as many places as those that are told later.</param>
    public BudgetedAddition(AdditionSettings settings, BudgetText text, int maximumTokens)
    {
        _addition = new(settings);
        var known = ((string[])["0123456789+=#\n", .. Enumerable.Range(1, maximumTokens).Select(text.Of)]).SelectMany(part => part).Distinct();
        Tokenizer = new CharacterTokenizer(new([.. known]));
        var smallest = Math.Min(10, maximumTokens - 1);
        var random = SeedTree.Root(settings.Splits.Seed).Branch("budgets in demonstrations").Start();
        _train = [.. _addition.Problems(Split.Train)];
        foreach (ref var problem in _train.AsSpan())
        {
            if (random.NextInt(2) == 0) problem = problem with { Prompt = problem.Prompt + text.Of(smallest + random.NextInt(maximumTokens - smallest)) };
        }
    }

    /// <inheritdoc/>
    public string Name => "budgeted-addition";

    /// <inheritdoc/>
    public ITokenizer Tokenizer { get; }

    /// <inheritdoc/>
    public int MaximumResponse => _addition.MaximumResponse;

    /// <summary>The additions without budgets: what is learned from rewards.</summary>
    public AdditionTask Plain => _addition;

    /// <inheritdoc/>
    public IReadOnlyList<TextProblem> Problems(Split split) => split == Split.Train ? _train : _addition.Problems(split);

    /// <inheritdoc/>
    public double Verify(TextProblem problem, string response) => _addition.Verify(problem, response);

    /// <inheritdoc/>
    public string Demonstrate(TextProblem problem, ref Randomness random) => _addition.Demonstrate(WithoutBudget(problem), ref random);

    /// <inheritdoc/>
    public string DemonstrateWrongly(TextProblem problem, ref Randomness random) => _addition.DemonstrateWrongly(WithoutBudget(problem), ref random);

    /// <inheritdoc/>
    public string SolutionKey(TextProblem problem, string response) => _addition.SolutionKey(problem, response);

    private static TextProblem WithoutBudget(TextProblem problem) => problem with { Prompt = problem.Prompt[..(problem.Prompt.IndexOf('=', StringComparison.Ordinal) + 1)] };
}
