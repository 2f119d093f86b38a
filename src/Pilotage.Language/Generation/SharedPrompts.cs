namespace Pilotage.Language.Generation;

/// <summary>Starts the branches of requests such that a prompt with several responses is run once: it gets a branch of its own, from which theirs are forked.</summary>
internal sealed class SharedPrompts
{
    private readonly GenerationSession _session;
    private readonly IReadOnlyList<GenerationRequest> _requests;
    private readonly Dictionary<ReadOnlyMemory<int>, Prompt> _prompts = new(PromptComparer.Instance);
    private readonly Prompt[] _promptOf;
    private readonly List<GenerationBranch> _new = [];

    public SharedPrompts(GenerationSession session, IReadOnlyList<GenerationRequest> requests)
    {
        (_session, _requests, _promptOf) = (session, requests, new Prompt[requests.Count]);
        for (var i = 0; i < requests.Count; i++)
        {
            if (!_prompts.TryGetValue(requests[i].Prompt, out var prompt)) _prompts.Add(requests[i].Prompt, prompt = new());
            (_promptOf[i] = prompt).Left++;
        }
    }

    /// <summary>Starts the next requests; their prompts are run all at once.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="branches">Receives one for each.</param>
    public void Start(int first, int count, List<GenerationBranch> branches)
    {
        _new.Clear();
        for (var i = first; i < first + count; i++)
        {
            if (_promptOf[i].Branch is not null) continue;
            _promptOf[i].Branch = _session.Start(_requests[i]);
            _new.Add(_promptOf[i].Branch!);
        }
        _session.Prefill(_new);
        for (var i = first; i < first + count; i++)
        {
            var prompt = _promptOf[i];
            var source = prompt.Branch!;
            var branch = prompt.Left-- == 1 && ReferenceEquals(source.Request, _requests[i]) ? source : _session.Fork(source, _requests[i]);
            branches.Add(branch);
            if (prompt.Left == 0 && branch != source) _session.Release(source);
        }
    }

    private sealed class Prompt
    {
        public int Left;
        public GenerationBranch? Branch;
    }
}
