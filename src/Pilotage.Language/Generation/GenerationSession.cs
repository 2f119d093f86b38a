using Pilotage.Language.Models;
using Pilotage.Language.Tokenizers;
using Pilotage.Tensors;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Language.Generation;

/// <summary>Grows, forks and cuts responses token by token: what tree samplers are made of. Not thread-safe; made by <see cref="Generator.Begin"/>.</summary>
/// <remarks>
/// Keys and values are kept in pages of sixteen tokens that branches share: a fork copies positions, and a page only when one of its holders writes into it. A branch's tokens and
/// log-probabilities depend on its request, its forks and its cuts alone, not on the branches beside it.
/// </remarks>
public sealed unsafe class GenerationSession
{
    private readonly LanguageModel _model;
    private readonly IBranchRunner _runner;
    private readonly ITokenizer? _tokenizer;
    private readonly SamplingSettings _sampling;
    private readonly TokenSampler _sampler;
    private readonly List<GenerationBranch> _growing = [];
    private readonly int _updates;
    private AlignedBuffer _logits = new(0);
    private AlignedBuffer _mask = new(0);
    private bool[] _legal = [];
    private bool _ended;

    internal GenerationSession(LanguageModel model, IBranchRunner runner, SamplingSettings sampling, ITokenizer? tokenizer)
    {
        (_model, _runner, _tokenizer, _sampling) = (model, runner, tokenizer, sampling);
        _sampler = new(sampling, model.Config.VocabularySize);
        _updates = model.Parameters.Updates;
    }

    /// <summary>Tokens drawn: each is one run of the model.</summary>
    public long DecodedTokens { get; private set; }

    /// <summary>Tokens of prompts that were run.</summary>
    public long PrefilledTokens { get; private set; }

    /// <summary>Tokens whose keys and values a branch took over from another instead of running them.</summary>
    public long ReusedTokens { get; private set; }

    /// <summary>Branches that were started or forked and not released.</summary>
    public int Branches { get; private set; }

    /// <summary>Begins a branch at a prompt. The prompt is run with the first decoding or fork, together with others.</summary>
    /// <param name="request">Prompt, seeds and ends.</param>
    /// <returns>The branch, without a response.</returns>
    /// <exception cref="ArgumentException">The prompt is empty, longer than the context or not of the model's vocabulary, or the request wants what the generator has not.</exception>
    /// <exception cref="InvalidOperationException">The session is over.</exception>
    public GenerationBranch Start(GenerationRequest request)
    {
        RefuseEnded();
        Refuse(request, _model.Config, _tokenizer);
        Branches++;
        return new(this, request);
    }

    /// <summary>Runs what is left of the branches' prompts, all at once.</summary>
    /// <param name="branches">Of this session.</param>
    /// <exception cref="InvalidOperationException">The session is over.</exception>
    public void Prefill(IReadOnlyList<GenerationBranch> branches)
    {
        RefuseEnded();
        foreach (var branch in branches) RefuseOther(branch);
        var (run, reused) = _runner.Prefill(branches);
        PrefilledTokens += run;
        ReusedTokens += reused;
    }

    /// <summary>Draws up to so many tokens for each branch that has not finished, one for all at a time.</summary>
    /// <param name="branches">Of this session, each once. Finished ones are left as they are.</param>
    /// <param name="tokens">Most for each, at least 1.</param>
    /// <param name="cancellation">Stops between two tokens.</param>
    /// <exception cref="ArgumentException">A branch is another session's or was released, or is named twice.</exception>
    /// <exception cref="InvalidOperationException">The session is over, or a grammar allows no token.</exception>
    public void Decode(IReadOnlyList<GenerationBranch> branches, int tokens, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        _growing.Clear();
        var repeated = false;
        foreach (var branch in branches)
        {
            if (branch.Finish is not null) continue;
            repeated |= branch.IsMarked;
            branch.IsMarked = true;
            _growing.Add(branch);
        }
        foreach (var branch in _growing) branch.IsMarked = false;
        if (repeated) throw new ArgumentException("GenerationSession: a branch is named twice; wanted each once.", nameof(branches));
        Prefill(_growing);
        for (var round = 0; round < tokens && _growing.Count > 0; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            Step(_growing);
            _growing.RemoveAll(static branch => branch.Finish is not null);
        }
    }

    /// <summary>A branch of the same tokens that goes its own way.</summary>
    /// <param name="branch">Of this session; runs its prompt first, so that it is run once.</param>
    /// <param name="seeds">What draws the copy's further tokens.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="ArgumentException">The branch is another session's or was released.</exception>
    public GenerationBranch Fork(GenerationBranch branch, SeedTree seeds) => Fork(branch, branch.Request with { Seeds = seeds });

    /// <summary>A fork that goes on under another request of the same prompt.</summary>
    internal GenerationBranch Fork(GenerationBranch branch, GenerationRequest request)
    {
        RefuseOther(branch);
        if (branch.Cached < branch.Length - 1) Prefill([branch]);
        var copy = branch.Copy(request);
        copy.Inherited = copy.Cached;
        ReusedTokens += copy.Cached;
        _runner.Share(branch, copy);
        Branches++;
        return copy;
    }

    /// <summary>Drops the end of a branch's response; a finished branch may grow again.</summary>
    /// <param name="branch">Of this session. Its stream of random numbers goes on where it is.</param>
    /// <param name="responseLength">Tokens of the response that stay, from 0 to its length.</param>
    /// <exception cref="ArgumentException">The branch is another session's or was released.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The response is shorter.</exception>
    public void Truncate(GenerationBranch branch, int responseLength)
    {
        RefuseOther(branch);
        ArgumentOutOfRangeException.ThrowIfNegative(responseLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(responseLength, branch.ResponseLength);
        branch.Cut(responseLength);
        var cached = Math.Min(branch.Cached, branch.Length - 1);
        // What a fork took over and gives up again before it was of use does not count.
        ReusedTokens -= Math.Max(0, branch.Inherited - cached);
        branch.Inherited = Math.Min(branch.Inherited, cached);
        _runner.Cut(branch, cached);
    }

    /// <summary>Gives up a branch: its pages are free for others, its tokens stay readable.</summary>
    /// <param name="branch">Of this session.</param>
    /// <exception cref="ArgumentException">The branch is another session's or was released.</exception>
    public void Release(GenerationBranch branch)
    {
        RefuseOther(branch);
        _runner.Cut(branch, 0);
        branch.Session = null;
        Branches--;
    }

    /// <summary>Draws one token for each of the branches, which are prefilled and not finished.</summary>
    internal void Step(List<GenerationBranch> branches)
    {
        RefuseEnded();
        var (rows, columns) = (branches.Count, _model.Config.VocabularySize);
        if (_logits.Memory.Length < rows * columns) _logits = new(rows * columns);
        _runner.Run(branches, _logits.Start);
        if (_sampling.Scale != 1) Elementwise.Forward(UnaryOperation.Scale, _logits.Start, _logits.Start, rows * columns, _sampling.Scale, 0);
        Softmaxes.Forward(_logits.Start, Legal(branches, columns), _logits.Start, rows, columns, logarithm: true);
        for (var row = 0; row < rows; row++)
        {
            var branch = branches[row];
            var logPi = new ReadOnlySpan<float>(_logits.Start + (nint)row * columns, columns);
            var token = _sampler.Draw(logPi, ref branch.Random);
            branch.Append(token, logPi[token]);
            branch.Grammar?.Accept(token);
            branch.Finish = FinishOf(branch, token);
        }
        DecodedTokens += rows;
    }

    /// <summary>No branch of the session is of use any longer.</summary>
    internal void End() => _ended = true;

    internal static void Refuse(GenerationRequest request, LanguageModelConfig config, ITokenizer? tokenizer)
    {
        var prompt = request.Prompt.Span;
        if (prompt.IsEmpty || prompt.Length > config.ContextLength)
            throw new ArgumentException($"Generation: a prompt of {prompt.Length} tokens does not fit; wanted 1 to {config.ContextLength}, the model's context.", nameof(request));
        if (request.MaximumTokens < 1) throw new ArgumentException($"Generation: a response of at most {request.MaximumTokens} tokens; wanted at least 1.", nameof(request));
        foreach (var token in prompt)
            if ((uint)token >= (uint)config.VocabularySize)
                throw new ArgumentException($"Generation: token {token} of a prompt lies outside the model's vocabulary; allowed are 0 to {config.VocabularySize - 1}.", nameof(request));
        if (request.StopTexts.Count > 0 && tokenizer is null) throw new ArgumentException("Generation: stop texts want a generator that was made with a tokenizer.", nameof(request));
    }

    private FinishReason? FinishOf(GenerationBranch branch, int token)
    {
        if (token == branch.Request.EndToken) return FinishReason.Ended;
        if (branch.Request.StopTexts.Count > 0 && StopTexts.Match(branch.Request.StopTexts, branch.Response, _tokenizer!)) return FinishReason.Stopped;
        // The last token of a full context is drawn and never run.
        return branch.ResponseLength >= branch.Request.MaximumTokens || branch.Length > _model.Config.ContextLength ? FinishReason.Length : null;
    }

    /// <summary>Lanes of the legal tokens; null where no branch has a grammar.</summary>
    private int* Legal(List<GenerationBranch> branches, int columns)
    {
        if (!branches.Exists(static branch => branch.Grammar is not null)) return null;
        if (_mask.Memory.Length < branches.Count * columns) (_mask, _legal) = (new(branches.Count * columns), new bool[columns]);
        var lanes = (int*)_mask.Start;
        for (var row = 0; row < branches.Count; row++, lanes += columns)
        {
            if (branches[row].Grammar is not { } grammar)
            {
                new Span<int>(lanes, columns).Fill(-1);
                continue;
            }
            Array.Clear(_legal);
            grammar.WriteLegal(_legal);
            if (!_legal.Contains(true))
                throw new InvalidOperationException($"Generation: the grammar {grammar.GetType().Name} allows no token after {branches[row].ResponseLength}; wanted at least one, such as the end token.");
            for (var token = 0; token < columns; token++) lanes[token] = _legal[token] ? -1 : 0;
        }
        return (int*)_mask.Start;
    }

    private void RefuseEnded()
    {
        if (_ended) throw new InvalidOperationException("GenerationSession: the generator began another session or call since; branches do not outlive it.");
        if (_model.Parameters.Updates != _updates) throw new InvalidOperationException("GenerationSession: the model learned since the session began; begin another.");
    }

    private void RefuseOther(GenerationBranch branch)
    {
        if (branch.Session != this) throw new ArgumentException("GenerationSession: the branch belongs to another session or was released.", nameof(branch));
    }
}
