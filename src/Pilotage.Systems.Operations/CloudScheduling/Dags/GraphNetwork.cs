using Pilotage.Distributions;
using Pilotage.Networks;
using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Scores stages and parallelism limits from graphs: embeddings of nodes from their children, a summary of each job, a summary of all jobs.</summary>
/// <remarks>
/// After Mao et al., "Learning scheduling algorithms for data processing clusters", SIGCOMM 2019, section 5.1: e_v = g(sum over children f(e_u)) + x_v, y_i from all e_v of a job, z from all y_i; a
/// stage's score from (x_v, e_v, y_i, z), a limit's from (y_i, z, l). Differs: a fixed number of rounds of messages instead of one sweep from the leaves; the same weights in each round.
/// </remarks>
internal sealed class GraphNetwork
{
    private const float JobScale = 1 / 8f, AllScale = 1 / 10f;   // sums over about so many stages and jobs, brought to the size of one
    private readonly Linear _prepare, _job, _all;
    private readonly MessagePassing _message;
    private readonly Mlp _stage, _limit;
    private readonly GraphLayout _layout;
    private readonly int _width, _rounds;
    private readonly GrowingArray<int> _index = new();
    private readonly GrowingArray<bool> _mask = new();
    private readonly GrowingArray<float> _numbers = new();

    public GraphNetwork(GraphLayout layout, int width, int rounds, SeedTree seeds, Device? device = null)
    {
        (_layout, _width, _rounds) = (layout, width, rounds);
        Parameters = new(device);
        var random = seeds.Initialisation.Start();
        var gain = new Initializer.Orthogonal(Math.Sqrt(2));
        _prepare = new(Parameters, "prepare", GraphLayout.Features, width, ref random, gain, activation: Activation.Relu);
        _message = new(Parameters, "message", width, width, width, Activation.Relu, Aggregation.Sum, ref random);
        _job = new(Parameters, "job", GraphLayout.Features + width, width, ref random, gain, activation: Activation.Relu);
        _all = new(Parameters, "all", width, width, ref random, gain, activation: Activation.Relu);
        _stage = new(Parameters, "stage", GraphLayout.Features + 3 * width, [2 * width, width], 1, Activation.Relu, 0.01, ref random);
        _limit = new(Parameters, "limit", 2 * width + 1, [2 * width], 1, Activation.Relu, 0.01, ref random);
    }

    /// <summary>All weights.</summary>
    public Parameters Parameters { get; }

    /// <summary>Log-probabilities of the candidates of each decision, [decisions, most candidates]; padding has the smallest finite number.</summary>
    /// <param name="batch">The decisions.</param>
    /// <param name="summaries">Receives what the limits are judged by.</param>
    public Tensor Stages(GraphBatch batch, out (Tensor Jobs, Tensor All) summaries)
    {
        var (jobs, nodes, decisions) = (batch.JobCount, _layout.Nodes, batch.Count);
        var graphs = PaddedGraphs.FromNeighbours(batch.Neighbours, batch.NodeCounts, nodes, _layout.Degree, _width);
        var x = Tensor.From(batch.Features, jobs, nodes, GraphLayout.Features);
        var prepared = _prepare.Forward(x);
        var e = prepared;
        for (var round = 0; round < _rounds; round++) e = _message.Forward(e, graphs) + prepared;
        var y = graphs.Pool(_job.Forward(Tensor.Concat(2, x, e)), Aggregation.Sum) * JobScale;                       // [jobs, width]
        var z = _all.Forward(y).ScatterAdd(Rows(batch.DecisionOfJob), 0, decisions) * AllScale;                      // [decisions, width]
        summaries = (y, z);

        var flat = Tensor.Concat(2, x, e).Reshape(jobs * nodes, GraphLayout.Features + _width);
        var own = flat.Gather(Rows(batch.Candidates, GraphLayout.Features + _width), 0);
        var job = y.Gather(Rows(batch.Candidates, _width, divisor: nodes), 0);
        var all = z.Gather(Rows(batch.Candidates, _width, divisor: nodes, through: batch.DecisionOfJob), 0);
        var scores = _stage.Forward(Tensor.Concat(1, own, job, all)).Reshape(-1);                                    // [candidates]
        return Padded(scores, batch);
    }

    /// <summary>Log-probabilities of the limits for the chosen job of each decision, [decisions, limits].</summary>
    /// <param name="batch">The decisions, with chosen jobs and legal limits.</param>
    /// <param name="summaries">From <see cref="Stages"/>.</param>
    public Tensor Limits(GraphBatch batch, (Tensor Jobs, Tensor All) summaries)
    {
        var (decisions, limits) = (batch.Count, _layout.Limits.Count);
        var known = Tensor.Concat(1, summaries.Jobs.Gather(Rows(batch.ChosenJobs), 0), summaries.All);               // [decisions, 2 width]
        _numbers.Clear();
        for (var i = 0; i < decisions * limits; i++) _numbers.Add((float)_layout.Limits[i % limits]);
        var inputs = Tensor.Concat(2, known.Reshape(decisions, 1, 2 * _width).Expand(decisions, limits, 2 * _width), Tensor.From(_numbers.Span, decisions, limits, 1));
        return Categorical.Normalize(_limit.Forward(inputs).Reshape(decisions, limits), Mask.From(batch.LegalLimits, decisions, limits));
    }

    private Tensor Padded(Tensor scores, GraphBatch batch)
    {
        var most = 0;
        for (var decision = 0; decision < batch.Count; decision++) most = Math.Max(most, batch.CandidateCount(decision));
        _index.Clear();
        _mask.Clear();
        for (var decision = 0; decision < batch.Count; decision++)
            for (var i = 0; i < most; i++)
            {
                var isThere = i < batch.CandidateCount(decision);
                _index.Add(isThere ? batch.FirstCandidate[decision] + i : 0);
                _mask.Add(isThere);
            }
        return Categorical.Normalize(scores.Gather(Indices.From(_index.Span, _index.Count)).Reshape(batch.Count, most), Mask.From(_mask.Span, batch.Count, most));
    }

    // The row that each result takes, once for each number of it.
    private Indices Rows(ReadOnlySpan<int> rows, int width = 0, int divisor = 1, ReadOnlySpan<int> through = default)
    {
        if (width == 0) width = _width;
        _index.Clear();
        foreach (var row in rows) _index.AddMany(width).Fill(through.IsEmpty ? row / divisor : through[row / divisor]);
        return Indices.From(_index.Span, rows.Length, width);
    }
}
