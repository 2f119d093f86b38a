using Pilotage.Language.Models;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Generation;

/// <summary>Draws responses from a model, many at a time.</summary>
/// <remarks>
/// Each prompt is run once for all its responses, responses run side by side one token at a time, and a finished one's place is taken by the next request. On the managed device tokens and
/// log-probabilities are the same bits alone and in any company, at any number of threads. Keeps its memory from call to call; not thread-safe.
/// </remarks>
public sealed class Generator
{
    private readonly LanguageModel _model;
    private readonly ITokenizer? _tokenizer;
    private readonly List<GenerationBranch> _running = [];
    private readonly List<int> _places = [];
    private IBranchRunner? _runner;
    private GenerationSession? _session;
    private (long Decoded, long Prefilled, long Reused) _before;

    /// <summary>Makes a generator.</summary>
    /// <param name="model">Read at each call: what was learned since is seen. Its weights are copied once more, in the order in which they are read.</param>
    /// <param name="tokenizer">For requests with stop texts; <see langword="null"/> for none.</param>
    public Generator(LanguageModel model, ITokenizer? tokenizer = null) => (_model, _tokenizer) = (model, tokenizer);

    /// <summary>Most responses that run side by side, at least 1. Memory grows with it; results do not depend on it.</summary>
    public int MaximumRows { get; init; } = 64;

    /// <summary>Tokens drawn so far: each is one run of the model.</summary>
    public long DecodedTokens => _before.Decoded + (_session?.DecodedTokens ?? 0);

    /// <summary>Tokens of prompts that were run.</summary>
    public long PrefilledTokens => _before.Prefilled + (_session?.PrefilledTokens ?? 0);

    /// <summary>Tokens whose keys and values were taken over from another response to the same beginning instead of being run.</summary>
    public long ReusedTokens => _before.Reused + (_session?.ReusedTokens ?? 0);

    /// <summary>Begins a session with the model's weights as they are now. The generator has one at a time: this ends the one before.</summary>
    /// <param name="sampling">How tokens are drawn.</param>
    /// <returns>The session, good until the model learns or the generator is used again.</returns>
    /// <exception cref="ArgumentException">A setting lies outside its range.</exception>
    public GenerationSession Begin(SamplingSettings sampling)
    {
        _before = (DecodedTokens, PrefilledTokens, ReusedTokens);
        _session?.End();
        _session = null;
        if (_runner is null) _runner = _model.Parameters.Device.Name == "cpu" ? new CachedRunner(_model) : new TapeRunner(_model);
        else _runner.Read();
        return _session = new(_model, _runner, sampling, _tokenizer);
    }

    /// <summary>Draws a response to each request.</summary>
    /// <param name="requests">Prompts and seeds.</param>
    /// <param name="sampling">How tokens are drawn.</param>
    /// <param name="cancellation">Stops between two tokens.</param>
    /// <returns>One for each request, in order.</returns>
    /// <exception cref="ArgumentException">A request does not fit the model, or a setting lies outside its range.</exception>
    public IReadOnlyList<Completion> Generate(IReadOnlyList<GenerationRequest> requests, SamplingSettings sampling, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumRows, 1);
        foreach (var request in requests) GenerationSession.Refuse(request, _model.Config, _tokenizer);
        var session = Begin(sampling);
        var prompts = new SharedPrompts(session, requests);
        var completions = new Completion[requests.Count];
        _running.Clear();
        _places.Clear();
        for (var next = 0; next < requests.Count || _running.Count > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            if (next < requests.Count && _running.Count < MaximumRows)
            {
                var count = Math.Min(requests.Count - next, MaximumRows - _running.Count);
                prompts.Start(next, count, _running);
                for (; count > 0; count--) _places.Add(next++);
            }
            session.Step(_running);
            for (var row = _running.Count - 1; row >= 0; row--)
            {
                var branch = _running[row];
                if (branch.Finish is not { } reason) continue;
                completions[_places[row]] = new(branch.Response.ToArray(), branch.LogProbabilities.ToArray(), reason);
                session.Release(branch);
                (_running[row], _places[row]) = (_running[^1], _places[^1]);
                _running.RemoveAt(_running.Count - 1);
                _places.RemoveAt(_places.Count - 1);
            }
        }
        return completions;
    }
}
