using Pilotage.Language.Models;
using Pilotage.Tensors;

namespace Pilotage.Language.Groups;

/// <summary>Answers to learn from in one update: their tokens as a flat list of actions, with behaviour log-probabilities, advantages and the weight of each token in the loss.</summary>
/// <remarks>
/// The weights are those of the whole update: parts of a batch have the weights that their rows have in the whole, so that the parts' losses and gradients add up to its. Tensors are made
/// in the open step and die with it. Immutable but for what is laid out at first use; not thread-safe.
/// </remarks>
public sealed class TokenBatch
{
    private readonly float[] _weightOfRow;
    private SequenceBatch? _sequences;
    private float[]? _behaviour, _advantages, _weights, _targets;

    /// <summary>Lays out the rows of one update.</summary>
    /// <param name="rows">At least one, with at least one response token among them.</param>
    /// <param name="aggregation">How tokens' losses become one.</param>
    /// <param name="constantLength">Divisor of <see cref="Aggregation.ConstantLength"/>, usually the most tokens of an answer; above 0.</param>
    /// <exception cref="ArgumentException">No response token, a row whose numbers are not one for each token, or a constant length that is not above 0.</exception>
    public TokenBatch(IReadOnlyList<TokenRow> rows, Aggregation aggregation = Aggregation.TokenMean, double constantLength = 1)
        : this(rows, Weights(rows, aggregation, constantLength), rows.Count) => (Aggregation, ConstantLength) = (aggregation, constantLength);

    private TokenBatch(IReadOnlyList<TokenRow> rows, float[] weightOfRow, int rowsOfWhole) => (Rows, _weightOfRow, RowsOfWhole) = (rows, weightOfRow, rowsOfWhole);

    /// <summary>The answers.</summary>
    public IReadOnlyList<TokenRow> Rows { get; }

    /// <summary>Answers of the whole update that this is, or is a part of.</summary>
    public int RowsOfWhole { get; }

    /// <summary>Prompts and responses, filled on the right.</summary>
    public SequenceBatch Sequences => _sequences ??= new([.. Rows.Select(row => new TokenSequence(row.Prompt, row.Response))]);

    /// <summary>log pi_old of each token under the policy that drew it, [actions]; constants of the open step.</summary>
    /// <exception cref="InvalidOperationException">A row has none.</exception>
    public Tensor BehaviourLogProbabilities => Constant(_behaviour ??= Flat(row => row.LogProbabilities, "behaviour log-probabilities"));

    /// <summary>A of each token, [actions]; constants of the open step.</summary>
    public Tensor Advantages => Constant(_advantages ??= Flat(row => row.Advantages, "advantages"));

    /// <summary>What a value head is to say, [actions]; constants of the open step.</summary>
    /// <exception cref="InvalidOperationException">A row has none.</exception>
    public Tensor Targets => Constant(_targets ??= Flat(row => row.Targets, "targets"));

    private Aggregation Aggregation { get; init; }

    private double ConstantLength { get; init; } = 1;

    /// <summary>log pi - log pi_old of each token: exactly 0 where the policy is the one that drew.</summary>
    /// <param name="distributions">What the policy says of this batch.</param>
    /// <returns>[actions].</returns>
    /// <exception cref="InvalidOperationException">A row has no behaviour log-probabilities.</exception>
    public Tensor LogRatio(TokenDistributions distributions) => distributions.LogProbability - BehaviourLogProbabilities;

    /// <summary>The loss: each token's times its weight, added up.</summary>
    /// <param name="perToken">[actions].</param>
    /// <returns>A scalar; over the parts of a batch they add up to the whole's.</returns>
    public Tensor Aggregate(Tensor perToken)
    {
        if (_weights is null) Sequences.Broadcast(_weightOfRow, _weights = new float[Sequences.Actions]);
        return (perToken * Constant(_weights)).Sum();
    }

    /// <summary>Mean over answers of the whole update, for losses of whole answers.</summary>
    /// <param name="perResponse">[rows].</param>
    /// <returns>A scalar; over the parts of a batch they add up to the whole's.</returns>
    public Tensor AggregateResponses(Tensor perResponse) => perResponse.Sum() * (1f / RowsOfWhole);

    /// <summary>Sum over the tokens of each answer.</summary>
    /// <param name="perToken">[actions].</param>
    /// <returns>[rows].</returns>
    public Tensor SumByResponse(Tensor perToken) => perToken.ScatterAdd(RowOf, 0, Rows.Count);

    /// <summary>Mean over the tokens of each answer: of a log-ratio it is the length-normalised one of GSPO (arXiv:2507.18071). 0 for an empty answer.</summary>
    /// <param name="perToken">[actions].</param>
    /// <returns>[rows].</returns>
    public Tensor MeanByResponse(Tensor perToken)
    {
        var shares = new float[Rows.Count];
        for (var row = 0; row < shares.Length; row++) shares[row] = 1f / Math.Max(1, Rows[row].Response.Length);
        return SumByResponse(perToken) * Tensor.From(shares, shares.Length);
    }

    /// <summary>Gives every token its answer's number.</summary>
    /// <param name="perResponse">[rows].</param>
    /// <returns>[actions].</returns>
    public Tensor ToTokens(Tensor perResponse) => perResponse.Gather(RowOf, axis: 0);

    /// <summary>Splits an update into several, groups kept together and shuffled; each has weights of its own.</summary>
    /// <param name="count">How many; fewer where there are fewer groups. Group counts differ by at most 1.</param>
    /// <param name="random">Shuffles the groups.</param>
    /// <returns>The batches; this one for a count of 1.</returns>
    public IReadOnlyList<TokenBatch> Minibatches(int count, ref Randomness random)
    {
        if (count <= 1) return [this];
        var groups = Rows.GroupBy(row => row.Group).Select(group => group.ToArray()).ToArray();
        random.Shuffle<TokenRow[]>(groups);
        count = Math.Min(count, groups.Length);
        var batches = new List<TokenBatch>(count);
        for (var i = 0; i < count; i++)
        {
            TokenRow[] rows = [.. groups[(i * groups.Length / count)..((i + 1) * groups.Length / count)].SelectMany(group => group)];
            if (rows.Any(row => row.Response.Length > 0)) batches.Add(new(rows, Aggregation, ConstantLength));
        }
        return batches;
    }

    /// <summary>Cuts the batch into parts that fit a budget, the longest rows first, so that the first step takes the most memory; losses of the parts add up to the whole's.</summary>
    /// <param name="tokenBudget">Most places, padding included, of a part; a row that is longer makes a part of its own.</param>
    /// <returns>The parts; this batch itself where it fits.</returns>
    public IEnumerable<TokenBatch> Parts(int tokenBudget)
    {
        if ((long)Rows.Count * Rows.Max(row => row.Length) <= tokenBudget)
        {
            yield return this;
            yield break;
        }
        // Rows without a response have no loss; they would make parts without an action.
        var order = Enumerable.Range(0, Rows.Count).Where(row => Rows[row].Response.Length > 0).OrderByDescending(row => Rows[row].Length).ToArray();
        for (var first = 0; first < order.Length;)
        {
            var count = Math.Min(Math.Max(1, tokenBudget / Rows[order[first]].Length), order.Length - first);
            var part = order.AsSpan(first, count).ToArray();
            yield return new([.. part.Select(row => Rows[row])], [.. part.Select(row => _weightOfRow[row])], RowsOfWhole) { Aggregation = Aggregation, ConstantLength = ConstantLength };
            first += count;
        }
    }

    private Indices RowOf => Indices.From(Sequences.RowOf, Sequences.Actions);

    private Tensor Constant(float[] values) => Tensor.From(values, Sequences.Actions);

    private float[] Flat(Func<TokenRow, float[]> column, string what)
    {
        var flat = new float[Sequences.Actions];
        var place = 0;
        foreach (var row in Rows)
        {
            var values = column(row);
            if (values.Length != row.Response.Length)
                throw new InvalidOperationException($"TokenBatch: a row of {row.Response.Length} response tokens has {values.Length} {what}; wanted one for each token.");
            values.CopyTo(flat, place);
            place += values.Length;
        }
        return flat;
    }

    private static float[] Weights(IReadOnlyList<TokenRow> rows, Aggregation aggregation, double constantLength)
    {
        if (!(constantLength > 0)) throw new ArgumentException($"TokenBatch: the constant length is {constantLength}; it must be above 0.", nameof(constantLength));
        var tokens = rows.Sum(row => (long)row.Response.Length);
        if (tokens == 0) throw new ArgumentException($"TokenBatch: {rows.Count} rows hold no response token; wanted at least one.", nameof(rows));
        return [.. rows.Select(row => (float)(aggregation switch
        {
            Aggregation.TokenMean => 1.0 / tokens,
            Aggregation.ResponseMean => 1.0 / ((double)rows.Count * Math.Max(1, row.Response.Length)),
            _ => 1.0 / (rows.Count * constantLength),
        }))];
    }
}
