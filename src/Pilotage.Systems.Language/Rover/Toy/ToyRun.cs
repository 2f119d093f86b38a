using Pilotage.Credit;
using Pilotage.Distributions;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.Rover;

/// <summary>Learns the paper's toy from samples: batches of strings drawn from the policy, one group each.</summary>
/// <param name="batchSize">Strings of a batch, at least 2: alone, a string's centred reward is 0.</param>
/// <param name="batches">How many.</param>
internal sealed class ToyRun(int batchSize, int batches)
{
    private readonly StringTree _tree = StringTree.Paper;
    private readonly TreeNode _root = TreeNode.Of(StringTree.Paper);

    /// <summary>Learns a table of logits.</summary>
    /// <param name="rule">How.</param>
    /// <param name="seeds">What strings are drawn from.</param>
    /// <param name="cancellation">Looked at before each batch.</param>
    /// <returns>What the policy is worth before the first batch and after each.</returns>
    public IReadOnlyList<ToyFigures> Learn(ToyRule rule, SeedTree seeds, CancellationToken cancellation)
    {
        var (table, random, length) = (new ToyTable(_tree), seeds.Actions.Start(), _tree.Length);
        var optimizer = new Sgd(table.Parameters, rule.LearningRate);
        var (places, states, rowOf) = (new int[batchSize * length], new int[batchSize * length], new int[batchSize * length]);
        var (old, oldMeans, credit) = (new float[places.Length], new float[places.Length], new float[places.Length]);
        var (rewards, scores) = (new float[batchSize], new float[batchSize]);
        var figures = new List<ToyFigures> { ToyFigures.Of(table.RightProbabilities()) };
        for (var batch = 0; batch < batches; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            Draw();
            for (var i = 0; i < rule.StepsPerBatch; i++)
            {
                using var step = Step.Begin();
                var means = RandomPolicyValuation.MeanLogProbability(table.Logits).Gather(Indices.From(states, states.Length), 0) - Tensor.From(oldMeans, states.Length);
                var logRatio = table.Logits.LogSoftmax().Reshape(-1).Gather(Indices.From(places, places.Length), 0) - Tensor.From(old, places.Length);
                var loss = rule.Loss(logRatio, Tensor.From(credit, places.Length), RandomPolicyValuation.AtNext(means, rowOf));
                optimizer.Descend(loss.Sum() / batchSize);
            }
            table.Refresh();
            figures.Add(ToyFigures.Of(table.RightProbabilities()));
        }
        return figures;

        void Draw()
        {
            for (var row = 0; row < batchSize; row++)
            {
                var (prefix, node) = (0, _root);
                for (var t = 0; t < length; t++)
                {
                    var letter = Categorical.Sample(Array.ConvertAll(table.LogPi[(prefix * _tree.Letters)..((prefix + 1) * _tree.Letters)], MathF.Exp), random.NextSingle());
                    var i = row * length + t;
                    (places[i], states[i], rowOf[i]) = (prefix * _tree.Letters + letter, prefix, row);
                    (old[i], oldMeans[i]) = (table.LogPi[places[i]], table.Means[prefix]);
                    (prefix, node) = (table.Next(prefix, letter), node.Children[letter]);
                }
                rewards[row] = (float)node.Reward;
            }
            if (rule.IsStandardized) GroupScores.Standardize(rewards, scores);
            else for (var row = 0; row < batchSize; row++) scores[row] = rewards[row] - rewards.Average();
            for (var i = 0; i < credit.Length; i++) credit[i] = scores[rowOf[i]];
        }
    }

    /// <summary>Learns a table of values by Q-learning, with as many strings.</summary>
    /// <param name="rate">Step size of the values.</param>
    /// <param name="exploration">Share of random letters while learning.</param>
    /// <param name="seeds">What letters are drawn from.</param>
    /// <param name="cancellation">Looked at before each batch.</param>
    /// <returns>What the greedy policy is worth before the first batch and after each: it writes one string, so its modes are 1 or 0.</returns>
    public IReadOnlyList<ToyFigures> LearnValues(double rate, double exploration, SeedTree seeds, CancellationToken cancellation)
    {
        var (random, values) = (seeds.Actions.Start(), new Dictionary<TreeNode, double[]>());
        var figures = new List<ToyFigures> { Greedy() };
        for (var batch = 0; batch < batches; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var row = 0; row < batchSize; row++)
            {
                for (var node = _root; !node.IsEnd;)
                {
                    var own = Of(node);
                    var letter = random.NextDouble() < exploration ? random.NextInt(_tree.Letters) : Best(own);
                    node = node.Children[letter];
                    own[letter] += rate * ((node.IsEnd ? node.Reward : Of(node).Max()) - own[letter]);
                }
            }
            figures.Add(Greedy());
        }
        return figures;

        double[] Of(TreeNode node)
        {
            if (!values.TryGetValue(node, out var own)) values.Add(node, own = new double[_tree.Letters]);
            return own;
        }

        ToyFigures Greedy()
        {
            var node = _root;
            while (!node.IsEnd) node = node.Children[Best(Of(node))];
            return ToyFigures.Of([node.Reward]);
        }
    }

    private static int Best(double[] values) => values.IndexOf(values.Max());
}
