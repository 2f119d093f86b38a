namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Decisions about graphs side by side: every decision has jobs, every job has nodes padded to one number, some nodes can be chosen. Grows, and is used again.</summary>
internal sealed class GraphBatch(GraphLayout layout)
{
    private readonly GrowingArray<float> _features = new();
    private readonly GrowingArray<int> _neighbours = new(), _nodeCounts = new(), _jobs = new(), _candidates = new();
    private readonly GrowingArray<int> _firstJob = new(), _firstCandidate = new(), _choices = new(), _limits = new(), _chosenJobs = new();
    private readonly GrowingArray<bool> _legalLimits = new();
    private readonly GrowingArray<float> _logProbabilities = new(), _weights = new();

    public GraphLayout Layout => layout;

    /// <summary>Number of decisions.</summary>
    public int Count => _choices.Count;

    /// <summary>Number of jobs of all decisions.</summary>
    public int JobCount => _nodeCounts.Count;

    /// <summary>[jobs, nodes, features].</summary>
    public Span<float> Features => _features.Span;

    /// <summary>[jobs, nodes, degree]: the nodes that each hears, its children; -1 for padding.</summary>
    public Span<int> Neighbours => _neighbours.Span;

    /// <summary>Nodes of each job.</summary>
    public Span<int> NodeCounts => _nodeCounts.Span;

    /// <summary>The decision of each job.</summary>
    public Span<int> DecisionOfJob => _jobs.Span;

    /// <summary>Nodes that can be chosen, as job x nodes + node, decision after decision.</summary>
    public Span<int> Candidates => _candidates.Span;

    /// <summary>First candidate of each decision.</summary>
    public Span<int> FirstCandidate => _firstCandidate.Span;

    /// <summary>Which of its candidates each decision took.</summary>
    public Span<int> Choices => _choices.Span;

    /// <summary>The job of the candidate that each decision took.</summary>
    public Span<int> ChosenJobs => _chosenJobs.Span;

    /// <summary>Which limit each decision took.</summary>
    public Span<int> Limits => _limits.Span;

    /// <summary>[decisions, limits]: which limits the chosen job could be given.</summary>
    public Span<bool> LegalLimits => _legalLimits.Span;

    /// <summary>Logarithm of the probability of node and limit when they were drawn.</summary>
    public Span<float> LogProbabilities => _logProbabilities.Span;

    /// <summary>Advantages.</summary>
    public Span<float> Weights => _weights.Span;

    /// <summary>Number of candidates of a decision.</summary>
    public int CandidateCount(int decision) => (decision + 1 < Count ? _firstCandidate.Span[decision + 1] : _candidates.Count) - _firstCandidate.Span[decision];

    public void Clear()
    {
        foreach (var list in new[] { _neighbours, _nodeCounts, _jobs, _candidates, _firstJob, _firstCandidate, _choices, _limits, _chosenJobs }) list.Clear();
        foreach (var list in new[] { _features, _logProbabilities, _weights }) list.Clear();
        _legalLimits.Clear();
    }

    /// <summary>Begins a decision, whose jobs and candidates are added next.</summary>
    public void Begin()
    {
        _firstJob.Add(_nodeCounts.Count);
        _firstCandidate.Add(_candidates.Count);
        _choices.Add(0);
        _limits.Add(0);
        _chosenJobs.Add(0);
        _legalLimits.AddMany(layout.Limits.Count).Clear();
        _logProbabilities.Add(0);
        _weights.Add(0);
    }

    /// <summary>Adds a job to the last decision.</summary>
    /// <param name="nodes">Its nodes.</param>
    /// <returns>Its features [nodes, features], zeros, and its neighbours [nodes, degree], all padding.</returns>
    public JobBlock AddJob(int nodes)
    {
        _nodeCounts.Add(nodes);
        _jobs.Add(Count - 1);
        var features = _features.AddMany(layout.Nodes * GraphLayout.Features);
        features.Clear();
        var neighbours = _neighbours.AddMany(layout.Nodes * layout.Degree);
        neighbours.Fill(-1);
        return new(features, neighbours);
    }

    /// <summary>Says that a node of the last job can be chosen.</summary>
    public void AddCandidate(int node) => _candidates.Add((_nodeCounts.Count - 1) * layout.Nodes + node);

    /// <summary>Copies a decision of another batch behind the last.</summary>
    public void Add(GraphBatch other, int decision)
    {
        Begin();
        var (first, last) = (other._firstJob.Span[decision], decision + 1 < other.Count ? other._firstJob.Span[decision + 1] : other.JobCount);
        var shift = (JobCount - first) * layout.Nodes;
        var (nodes, edges) = (layout.Nodes * GraphLayout.Features, layout.Nodes * layout.Degree);
        other.Features[(first * nodes)..(last * nodes)].CopyTo(_features.AddMany((last - first) * nodes));
        other.Neighbours[(first * edges)..(last * edges)].CopyTo(_neighbours.AddMany((last - first) * edges));
        other.NodeCounts[first..last].CopyTo(_nodeCounts.AddMany(last - first));
        _jobs.AddMany(last - first).Fill(Count - 1);
        foreach (var candidate in other.Candidates.Slice(other.FirstCandidate[decision], other.CandidateCount(decision))) _candidates.Add(candidate + shift);
        (Choices[^1], Limits[^1], ChosenJobs[^1]) = (other.Choices[decision], other.Limits[decision], other.ChosenJobs[decision] + shift / layout.Nodes);
        (LogProbabilities[^1], Weights[^1]) = (other.LogProbabilities[decision], other.Weights[decision]);
        other.LegalLimits.Slice(decision * layout.Limits.Count, layout.Limits.Count).CopyTo(LegalLimits[^layout.Limits.Count..]);
    }

    /// <summary>Room of a job.</summary>
    internal readonly ref struct JobBlock(Span<float> features, Span<int> neighbours)
    {
        public Span<float> Features { get; } = features;

        public Span<int> Neighbours { get; } = neighbours;
    }
}
