using Pilotage.Credit;
using Pilotage.Distributions;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Policy gradient for graphs of jobs: plays of one sequence are each other's baseline.</summary>
/// <remarks>
/// Source: Mao et al., "Learning scheduling algorithms for data processing clusters", SIGCOMM 2019, Algorithm 1. Symbols: N plays of a sequence, k decisions, t_k their times, r_k = -(t_k - t_{k-1}) J_k
/// with J_k jobs in the system, R_k the sum of what follows, b_k the other plays' at t_k.
/// Differs: no curriculum of growing episodes (sequences are finite here); advantages are divided by their deviation; with more than one epoch the ratio is clipped; rewards are divided by
/// jobs times the mean ideal time.
/// </remarks>
internal sealed class GraphPolicyGradient
{
    private readonly GraphTraining _config;
    private readonly IClusterWorld _world;
    private readonly GraphLayout _layout;
    private readonly Adam _optimizer;
    private readonly ClusterSimulation[] _clusters;                                       // N
    private readonly (List<double> Times, List<double> Left)[] _plays;                    // t_k and R_k of each
    private readonly List<int>[] _decisions;                                              // where each play's decisions are in the batch
    private readonly GraphBatch _batch, _acting, _minibatch;
    private readonly GrowingArray<float> _scores = new();
    private readonly GrowingArray<int> _order = new();
    private Randomness _sequences, _actions, _shuffle;

    public GraphPolicyGradient(GraphTraining config, IClusterWorld world, GraphLayout layout, SeedTree seeds, Device? device = null)
    {
        (_config, _world, _layout) = (config, world, layout);
        Network = new(layout, config.Width, config.Rounds, seeds, device);
        _optimizer = new(Network.Parameters, config.LearningRate);
        _clusters = [.. Enumerable.Range(0, config.Rollouts).Select(_ => new ClusterSimulation(world.Rules))];
        _plays = Array.ConvertAll(_clusters, _ => (new List<double>(), new List<double>()));
        _decisions = Array.ConvertAll(_clusters, _ => new List<int>());
        (_batch, _acting, _minibatch) = (new(layout), new(layout), new(layout));
        (_sequences, _actions, _shuffle) = (seeds.Environments.Start(), seeds.Actions.Start(), seeds.Shuffle.Start());
    }

    public GraphNetwork Network { get; }

    /// <summary>Iterations so far.</summary>
    public int Iterations { get; private set; }

    /// <summary>Decisions so far.</summary>
    public long Decisions { get; private set; }

    /// <summary>Mean completion time of the last sequence's plays, in seconds.</summary>
    public double MeanCompletion { get; private set; }

    /// <summary>Plays one sequence N times and learns from it.</summary>
    public void Iterate()
    {
        _optimizer.LearningRate = _config.LearningRate * (1 - (double)Iterations / _config.Iterations);
        Play(_world.Draw(ref _sequences));                                                // lines 4-8
        ComputeAdvantages();                                                              // lines 9-12
        for (var epoch = 0; epoch < _config.Epochs; epoch++) Learn();                     // lines 13-14
        Iterations++;
        Decisions += _batch.Count;
    }

    private void Play(ClusterProblem problem)
    {
        _batch.Clear();
        var view = new GraphView(GraphGrant.TimeScale(problem));
        var grants = new GraphGrant[_clusters.Length];
        var isPlaying = new bool[_clusters.Length];
        var asking = new List<(int Play, int[] Stages)>();
        for (var play = 0; play < _clusters.Length; play++)
        {
            _clusters[play].Begin(problem);
            isPlaying[play] = true;
            _plays[play].Times.Clear();
            _plays[play].Left.Clear();
            _decisions[play].Clear();
        }
        while (isPlaying.Contains(true))
        {
            asking.Clear();
            _acting.Clear();
            for (var play = 0; play < _clusters.Length; play++)
                if (isPlaying[play] && (isPlaying[play] = AdvanceToChoice(_clusters[play], view, ref grants[play]))) asking.Add((play, view.Stages.ToArray()));
            if (asking.Count == 0) break;
            Act(asking, grants);
        }
        MeanCompletion = _clusters.Average(cluster => cluster.Meter.JobSeconds) / problem.Jobs.Count;
        for (var play = 0; play < _clusters.Length; play++)
        {
            var (times, left) = _plays[play];
            var all = _clusters[play].Meter.JobSeconds;
            for (var i = 0; i < left.Count; i++) left[i] = (all - left[i]) / (problem.Jobs.Count * problem.Ideal.Average());   // -R_k
            times.Add(_clusters[play].Now);
            left.Add(0);
        }
    }

    // Carries out what was decided, lets time go by, and stops where the network is to choose.
    private bool AdvanceToChoice(ClusterSimulation cluster, GraphView view, ref GraphGrant grant)
    {
        while (cluster.Advance())
        {
            if (grant.TryPlace(cluster)) continue;
            if (view.Write(cluster, _acting)) return true;
            cluster.Wait();
            grant = default;
        }
        return false;
    }

    private void Act(List<(int Play, int[] Stages)> asking, GraphGrant[] grants)
    {
        using (Step.Begin(Network.Parameters.Device, Gradient.None))
        {
            var stages = Network.Stages(_acting, out var summaries);
            Draw(stages, _acting.Choices);
            for (var i = 0; i < asking.Count; i++)
            {
                var candidate = _acting.FirstCandidate[i] + _acting.Choices[i];
                _acting.ChosenJobs[i] = _acting.Candidates[candidate] / _layout.Nodes;
                GraphView.WriteLimits(_clusters[asking[i].Play], asking[i].Stages[_acting.Choices[i]], _layout, _acting.LegalLimits.Slice(i * _layout.Limits.Count, _layout.Limits.Count));
            }
            var limits = Network.Limits(_acting, summaries);
            Draw(limits, _acting.Limits);
            (Chosen(stages, _acting.Choices) + Chosen(limits, _acting.Limits)).CopyTo(_acting.LogProbabilities);
        }
        for (var i = 0; i < asking.Count; i++)
        {
            var (play, stages) = asking[i];
            var cluster = _clusters[play];
            grants[play] = new(stages[_acting.Choices[i]], _layout.Executors(_acting.Limits[i], cluster.Problem.Machines.Count));
            _plays[play].Times.Add(cluster.Now);
            _plays[play].Left.Add(cluster.Meter.JobSeconds);                              // what was paid so far; what is left is known at the end
            _decisions[play].Add(_batch.Count);
            _batch.Add(_acting, i);
            grants[play].PlaceFirst(cluster);
        }
    }

    private void ComputeAdvantages()
    {
        for (var play = 0; play < _plays.Length; play++)
        {
            Span<float> own = new float[_decisions[play].Count];
            if (_config.InputBaseline) InputBaseline.Fill(_plays, play, own);             // R_k - b_k
            else for (var i = 0; i < own.Length; i++) own[i] = -(float)_plays[play].Left[i];
            for (var i = 0; i < own.Length; i++) _batch.Weights[_decisions[play][i]] = own[i];
        }
        GroupScores.Standardize(_batch.Weights, _batch.Weights);
    }

    private void Learn()
    {
        _order.Clear();
        for (var i = 0; i < _batch.Count; i++) _order.Add(i);
        _shuffle.Shuffle(_order.Span);
        for (var first = 0; first < _order.Count; first += _config.BatchSize)
        {
            _minibatch.Clear();
            foreach (var decision in _order.Span[first..Math.Min(first + _config.BatchSize, _order.Count)]) _minibatch.Add(_batch, decision);
            using var step = Step.Begin(Network.Parameters.Device);
            _optimizer.Descend(Loss(_minibatch), (float)_config.MaximumGradientNorm);
        }
    }

    private Tensor Loss(GraphBatch batch)
    {
        var stages = Network.Stages(batch, out var summaries);
        var limits = Network.Limits(batch, summaries);
        var logRatio = Chosen(stages, batch.Choices) + Chosen(limits, batch.Limits) - Tensor.From(batch.LogProbabilities, batch.Count);
        var entropy = Categorical.Entropy(stages).Mean() + Categorical.Entropy(limits).Mean();
        return Surrogate.Clipped(logRatio, Tensor.From(batch.Weights, batch.Count), (float)_config.ClipRadius) - (float)_config.EntropyWeight * entropy;
    }

    private static Tensor Chosen(Tensor logPi, ReadOnlySpan<int> choices) => Categorical.LogProbability(logPi, Indices.From(choices, choices.Length));

    private void Draw(Tensor logPi, Span<int> choices)
    {
        var width = logPi.Shape[1];
        _scores.Clear();
        logPi.Exp().CopyTo(_scores.AddMany(choices.Length * width));
        for (var i = 0; i < choices.Length; i++) choices[i] = Categorical.Sample(_scores.Span.Slice(i * width, width), _actions.NextSingle());
    }
}
