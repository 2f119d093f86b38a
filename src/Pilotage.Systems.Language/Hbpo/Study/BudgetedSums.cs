using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Arithmetic;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>Sums in whose demonstrations a budget sometimes stands behind the prompt: some of them keep to it, the others are as long as they like.</summary>
/// <remarks>
/// A small model that never saw a budget would be thrown off by it, and one that never saw it kept has nothing to tell budgets apart by; a model of language reads "within b tokens" and keeps
/// to it now and then. Validation and test problems are plain.
/// </remarks>
internal sealed class BudgetedSums : IGeneratedTask
{
    private readonly SumsTask _sums;
    private readonly Dictionary<string, int> _budgets;
    private readonly double _obeyingShare;
    private readonly TextProblem[] _train;

    /// <param name="settings">Of the sums.</param>
    /// <param name="text">How a budget is told.</param>
    /// <param name="maximumTokens">Budgets are drawn from 10 on below it: of two digits, so that they take as many places as those that are told later.</param>
    /// <param name="obeyingShare">Share of the demonstrations with a budget that are as long as it allows, in [0, 1].</param>
    public BudgetedSums(SumsSettings settings, BudgetText text, int maximumTokens, double obeyingShare)
    {
        (_sums, _obeyingShare) = (new(settings), obeyingShare);
        _budgets = Enumerable.Range(1, maximumTokens).ToDictionary(text.Of);
        var known = ((string[])[SumsTask.Characters, .. Enumerable.Range(1, maximumTokens).Select(text.Of)]).SelectMany(part => part).Distinct();
        Tokenizer = new CharacterTokenizer(new([.. known]));
        var smallest = Math.Min(10, maximumTokens - 1);
        var random = SeedTree.Root(settings.Splits.Seed).Branch("budgets in demonstrations").Start();
        Training = Balanced(_sums.Problems(Split.Train));
        _train = [.. Training];
        foreach (ref var problem in _train.AsSpan())
        {
            if (random.NextInt(2) == 0) problem = problem with { Prompt = problem.Prompt + text.Of(smallest + random.NextInt(maximumTokens - smallest)) };
        }
    }

    /// <summary>Tells what the demonstrations depend on too: kept warm starts go by it.</summary>
    public string Name => FormattableString.Invariant($"budgeted-sums-{_obeyingShare}");

    /// <inheritdoc/>
    public ITokenizer Tokenizer { get; }

    /// <inheritdoc/>
    public int MaximumResponse => _sums.MaximumResponse;

    /// <summary>Training problems without budgets, as many of each level: those of levels that have few different ones come again.</summary>
    public IReadOnlyList<TextProblem> Training { get; }

    /// <summary>The sums without budgets.</summary>
    public SumsTask Plain => _sums;

    /// <inheritdoc/>
    public IReadOnlyList<TextProblem> Problems(Split split) => split == Split.Train ? _train : _sums.Problems(split);

    /// <inheritdoc/>
    public double Verify(TextProblem problem, string response) => _sums.Verify(problem, response);

    /// <inheritdoc/>
    public string Demonstrate(TextProblem problem, ref Randomness random)
    {
        var plain = WithoutBudget(problem);
        if (_budgets.TryGetValue(problem.Prompt[plain.Prompt.Length..], out var budget) && random.NextDouble() < _obeyingShare)
            return Enum.GetValues<TraceLength>().Select(length => _sums.Demonstrate(plain, length)).LastOrDefault(text => text.Length + 1 <= budget) ?? _sums.Demonstrate(plain, TraceLength.Terse);
        return _sums.Demonstrate(plain, ref random);
    }

    /// <inheritdoc/>
    public string DemonstrateWrongly(TextProblem problem, ref Randomness random) => _sums.DemonstrateWrongly(WithoutBudget(problem), ref random);

    /// <inheritdoc/>
    public string SolutionKey(TextProblem problem, string response) => _sums.SolutionKey(problem, response);

    private static TextProblem WithoutBudget(TextProblem problem) => problem with { Prompt = problem.Prompt[..(problem.Prompt.IndexOf('=', StringComparison.Ordinal) + 1)] };

    private static TextProblem[] Balanced(IReadOnlyList<TextProblem> problems)
    {
        var levels = problems.GroupBy(problem => problem.Difficulty).OrderBy(level => level.Key).Select(level => level.ToArray()).ToArray();
        return [.. Enumerable.Range(0, problems.Count).Select(i => levels[i % levels.Length][i / levels.Length % levels[i % levels.Length].Length])];
    }
}
