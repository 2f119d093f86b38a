using System.Buffers;
using Pilotage.Credit;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Language.Trees;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.TreePo;

/// <summary>Tree-based policy optimisation: answers grown as a tree of segments, each compared with those that share an ancestor with it.</summary>
/// <remarks>
/// Source: arXiv:2508.17445, Algorithm 1 (in <see cref="TreeSampler"/>), eq. 1-7; what they leave open is as in the authors' code.
/// Symbols: q problem, w leaves o_i of its tree, G_j the leaves that share i's ancestor at depth j, R reward, A_ij = R_i - mean of R over G_j, epsilon_low and epsilon_high clip radii.
/// Differs from the paper: a step that finds too few trees with leaves of different rewards learns from those it has. No weight decay, no warm-up of the step size.
/// </remarks>
/// <param name="config">Valid settings.</param>
/// <param name="model">What learns, usually warm-started.</param>
/// <param name="sampler">Grows trees with the model and judges their leaves.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
public sealed class TreePo(TreePoConfig config, LanguageModel model, TreeSampler sampler, ProblemStream problems, SeedTree seeds) : ILanguageLearner
{
    private readonly Adam _optimizer = new(model.Parameters, config.Batch.LearningRate);
    private readonly TokenFigures _figures = new();
    private Randomness _shuffle = seeds.Shuffle.Start();

    /// <inheritdoc/>
    public LanguageModel Model => model;

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <summary>Leaves of all trees so far, those of level trees included: what the decoded tokens were spent on.</summary>
    public long LeavesDrawn { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <inheritdoc/>
    public void Iterate(CancellationToken cancellation = default)
    {
        var (trees, drawn) = Draw(cancellation);                                                 // Algorithm 1; trees of equal rewards are drawn anew
        var figures = TreeFigures.Of(drawn);
        LeavesDrawn += figures.Leaves;
        if (trees.Count == 0)
        {
            Diagnostics = [.. figures.Named, .. GroupFigures.Of([.. drawn.Select(tree => tree.Group)], Steps++).Named];
            return;
        }
        var rows = Rows(trees);                                                                  // eq. 5

        for (var epoch = 0; epoch < config.Batch.Epochs; epoch++)
        {
            foreach (var minibatch in new TokenBatch(rows, Aggregation.TokenMean).Minibatches(config.Batch.Minibatches, ref _shuffle))
                _figures.Add(_optimizer.Descend(minibatch, Loss, config.Batch.MaximumGradientNorm, config.Batch.TokenBudget));
        }
        Diagnostics = [.. figures.Named, .. GroupFigures.Of([.. drawn.Select(tree => tree.Group)], Steps++).Named, .. _figures.Take()];
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        writer.Write(LeavesDrawn);
        writer.Write<float>(model.Parameters.Values);
        _optimizer.Save(writer);
        problems.Save(writer);
        _shuffle.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        LeavesDrawn = reader.ReadLong();
        reader.ReadInto(model.Parameters.Values);
        _optimizer.Load(ref reader);
        problems.Load(ref reader);
        _shuffle.Load(ref reader);
    }

    internal Tensor Loss(TokenBatch batch)                                                       // eq. 1, with the sign of a loss
    {
        var pi = model.Forward(batch.Sequences, sampler.Sampling.Temperature);
        var logRatio = batch.LogRatio(pi);
        var (lower, upper) = ((float)config.LowerRadius, (float)config.UpperRadius);
        _figures.Add(logRatio, pi.Entropy, lower, upper);
        var terms = Surrogate.ClippedTerms(logRatio, batch.Advantages, lower, upper);
        // max(., c A) of the objective where A < 0 (arXiv:1912.09729, eq. 7); where A >= 0 the terms are never above 0.
        if (config.DualClip > 0) terms = Tensor.Minimum(terms, (float)config.DualClip * batch.Advantages.Abs());
        return batch.Aggregate(terms);
    }

    /// <summary>One row a leaf, every token with its leaf's advantage.</summary>
    internal IReadOnlyList<TokenRow> Rows(IReadOnlyList<RolloutTree> trees)
    {
        float[] advantages = [.. trees.SelectMany(Advantages)];
        int[] tokens = [.. trees.SelectMany(tree => tree.Group.Responses.Select(response => response.Tokens.Length))];
        if (config.Scale != AdvantageScale.None) Whitening.Apply(advantages, tokens, centres: config.Scale == AdvantageScale.BatchWhiten);
        var rows = new List<TokenRow>(tokens.Length);
        for (var number = 0; number < trees.Count; number++)
            for (var leaf = 0; leaf < trees[number].Leaves.Count; leaf++)
            {
                var perToken = new float[tokens[rows.Count]];
                Array.Fill(perToken, advantages[rows.Count]);
                rows.Add(TokenRow.Of(trees[number].Group, leaf, perToken, number, Steps));
            }
        return rows;
    }

    private float[] Advantages(RolloutTree tree)
    {
        tree = Penalized(tree);
        if (config.Advantage != TreeAdvantage.Group)
        {
            var weighting = config.Advantage switch { TreeAdvantage.Size => SubgroupWeighting.Size, TreeAdvantage.NoRoot => SubgroupWeighting.NoRoot, _ => SubgroupWeighting.Average };
            return tree.Credit(weighting, config.SkipLevelSubgroups);
        }
        var advantages = new float[tree.Leaves.Count];
        GroupScores.Standardize(tree.Group.Rewards, advantages);
        return advantages;
    }

    private (IReadOnlyList<RolloutTree> Trees, IReadOnlyList<RolloutTree> Drawn) Draw(CancellationToken cancellation)
    {
        var (trees, drawn, wanted) = (new List<RolloutTree>(), new List<RolloutTree>(), config.Batch.Prompts);
        for (var round = 0; round < config.Rounds && trees.Count < wanted; round++)
        {
            var progress = Math.Min(1, Steps / (double)config.TemperatureSteps);
            var grown = sampler.Sample(problems.Take(wanted - trees.Count), seeds.Actions.Branch((int)Steps).Branch(round), Steps, progress, cancellation);
            drawn.AddRange(grown);
            trees.AddRange(grown.Where(tree => !tree.Group.IsLevel));
        }
        return (trees, drawn);
    }

    private RolloutTree Penalized(RolloutTree tree) => config.OverlongBuffer == 0 ? tree : tree with
    {
        Group = tree.Group with { Responses = [.. tree.Group.Responses.Select(response => response with { Reward = response.Reward + LengthPenalty(response.Tokens.Length) })] },
    };

    /// <summary>0 up to the buffer, then falling to -1 at the longest answer: arXiv:2503.14476, eq. 13.</summary>
    private float LengthPenalty(int length) => Math.Clamp((config.Tree.SegmentTokens * config.Tree.Depth - config.OverlongBuffer - length) / (float)config.OverlongBuffer, -1, 0);
}
