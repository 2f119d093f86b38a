using Pilotage.Credit;
using Pilotage.Distributions;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>One string in a thousand is right, and nothing tells which: what does a policy make of the first time it is drawn?</summary>
/// <remarks>
/// Three letters of ten, a table of logits for each prefix, uniform at first. Each batch is one group of strings with standardised rewards, and is learned from twice in four minibatches by
/// plain gradient descent, the mean over tokens.
/// </remarks>
/// <param name="learningRate">Step size of gradient descent, the same for every rule.</param>
/// <param name="stepLimit">Batches after which a search is given up, at least 1.</param>
internal sealed class RareString(double learningRate, int stepLimit)
{
    private const int Letters = 10, Length = 3, Prefixes = 111;                           // 1 + 10 + 100
    private const int Group = 256, Epochs = 2, Minibatches = 4, Rows = Group / Minibatches;
    private const float ClipRadius = 0.2f;
    private readonly int[] _right = [3, 1, 4];

    /// <summary>Searches until the string is more probable than not.</summary>
    /// <param name="rule">How to learn.</param>
    /// <param name="seeds">What the batches are drawn from.</param>
    /// <param name="cancellation">Looked at before each batch.</param>
    public RareFigures Run(RareRule rule, SeedTree seeds, CancellationToken cancellation)
    {
        var (draws, shuffle) = (seeds.Actions.Start(), seeds.Shuffle.Start());
        var parameters = new Parameters();
        var table = parameters.Add("logits", new(Prefixes, Letters), new Initializer.Constant(0), ref draws);
        var (optimizer, dual) = (new Sgd(parameters, learningRate), rule.MakeDual());
        var (logPi, places, old, rewards, advantages) = (new float[Prefixes * Letters], new int[Group * Length], new float[Group * Length], new float[Group], new float[Group]);
        var (order, own, ownOld, ownAdvantages, ratios) = (new int[Group], new int[Rows * Length], new float[Rows * Length], new float[Rows * Length], new float[Rows * Length]);
        int[] numbers = [.. Enumerable.Range(0, Group)];
        var (looks, outside, variances, probability) = (0, 0, new List<double>(), new List<double>());
        while (probability.Count < stepLimit && (probability.Count == 0 || probability[^1] <= 0.5))
        {
            cancellation.ThrowIfCancellationRequested();
            Read();
            for (var i = 0; i < Group; i++)
            {
                var (prefix, isRight) = (0, true);
                for (var t = 0; t < Length; t++)
                {
                    var letter = Categorical.Sample(Array.ConvertAll(logPi[(prefix * Letters)..((prefix + 1) * Letters)], MathF.Exp), draws.NextSingle());
                    places[i * Length + t] = prefix * Letters + letter;
                    old[i * Length + t] = logPi[prefix * Letters + letter];
                    isRight &= letter == _right[t];
                    prefix = Next(prefix, letter);
                }
                rewards[i] = isRight ? 1 : 0;
            }
            GroupScores.Standardize(rewards, advantages);
            for (var epoch = 0; epoch < Epochs; epoch++)
            {
                numbers.CopyTo(order, 0);
                shuffle.Shuffle(order.AsSpan());
                for (var minibatch = 0; minibatch < Minibatches; minibatch++) Learn(order.AsSpan(minibatch * Rows, Rows));
            }
            Read();
            probability.Add(Probability());
        }
        return new(probability.Count, looks == 0 ? 0 : (double)outside / looks, variances.Average(), probability);

        void Read()
        {
            using var step = Step.Begin(gradient: Gradient.None);
            Tensor.Of(table).LogSoftmax().CopyTo(logPi);
        }

        void Learn(ReadOnlySpan<int> rows)
        {
            for (var i = 0; i < Rows; i++)
                for (var t = 0; t < Length; t++)
                    (own[i * Length + t], ownOld[i * Length + t], ownAdvantages[i * Length + t]) = (places[rows[i] * Length + t], old[rows[i] * Length + t], advantages[rows[i]]);
            using var step = Step.Begin();
            var logRatio = Tensor.Of(table).LogSoftmax().Reshape(-1).Gather(Indices.From(own, own.Length), 0) - Tensor.From(ownOld, ownOld.Length);   // [tokens]
            var ratio = RatioVariance.Ratio(logRatio);
            ratio.CopyTo(ratios);
            var variance = RatioVariance.SquaredDeviation(ratio).Mean().Item();
            optimizer.Descend(rule.Loss(logRatio, Tensor.From(ownAdvantages, ownAdvantages.Length), (float)dual.Value).Mean());
            dual.Ascend(variance);
            variances.Add(variance);
            for (var i = 0; i < ratios.Length; i++)
            {
                if (rewards[rows[i / Length]] == 0) continue;
                looks++;
                if (Math.Abs(ratios[i] - 1) > ClipRadius) outside++;
            }
        }

        double Probability()
        {
            var (prefix, sum) = (0, 0.0);
            foreach (var letter in _right)
            {
                sum += logPi[prefix * Letters + letter];
                prefix = Next(prefix, letter);
            }
            return Numerics.Exponential.Exp(sum);
        }
    }

    // The empty prefix is 0, those of one letter 1 to 10, those of two 11 to 110; behind the third letter nothing is looked up.
    private static int Next(int prefix, int letter) => prefix * Letters + 1 + letter;
}
