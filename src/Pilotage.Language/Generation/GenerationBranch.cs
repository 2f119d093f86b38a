namespace Pilotage.Language.Generation;

/// <summary>A prompt with what was drawn behind it so far. Belongs to one <see cref="GenerationSession"/>, which grows, forks and cuts it.</summary>
public sealed class GenerationBranch
{
    private int[] _tokens;
    private float[] _logProbabilities;

    internal GenerationBranch(GenerationSession session, GenerationRequest request)
    {
        (Session, Request) = (session, request);
        _tokens = new int[request.Prompt.Length + Math.Min(request.MaximumTokens, 64)];
        _logProbabilities = new float[_tokens.Length - request.Prompt.Length];
        request.Prompt.Span.CopyTo(_tokens);
        Length = request.Prompt.Length;
        Random = request.Seeds.Start();
        Grammar = request.Grammar?.Fork();
    }

    private GenerationBranch(GenerationBranch source, GenerationRequest request)
    {
        (Session, Request, Length, Cached, Finish) = (source.Session, request, source.Length, source.Cached, source.Finish);
        (_tokens, _logProbabilities) = ((int[])source._tokens.Clone(), (float[])source._logProbabilities.Clone());
        Random = request.Seeds.Start();
        Grammar = (ResponseLength == 0 ? request.Grammar : source.Grammar)?.Fork();
    }

    /// <summary>The prompt.</summary>
    public ReadOnlySpan<int> Prompt => _tokens.AsSpan(0, Request.Prompt.Length);

    /// <summary>What was drawn, the end token included where one was.</summary>
    public ReadOnlySpan<int> Response => _tokens.AsSpan(Request.Prompt.Length, ResponseLength);

    /// <summary>Tokens drawn.</summary>
    public int ResponseLength => Length - Request.Prompt.Length;

    /// <summary>Of each token drawn, under the model at the sampling's temperature and the grammar's mask, before the filters.</summary>
    public ReadOnlySpan<float> LogProbabilities => _logProbabilities.AsSpan(0, ResponseLength);

    /// <summary>Why it ended; <see langword="null"/> while it may grow.</summary>
    public FinishReason? Finish { get; internal set; }

    /// <summary>What it was started with; its seeds are those of the last fork.</summary>
    public GenerationRequest Request { get; }

    /// <summary>Whose it is; <see langword="null"/> once released.</summary>
    internal GenerationSession? Session { get; set; }

    internal Randomness Random;

    /// <summary>Set while a call looks for branches that it is given twice.</summary>
    internal bool IsMarked { get; set; }

    internal IGrammar? Grammar { get; set; }

    /// <summary>Prompt and response.</summary>
    internal ReadOnlySpan<int> AllTokens => _tokens.AsSpan(0, Length);

    /// <summary>Tokens of prompt and response.</summary>
    internal int Length { get; private set; }

    /// <summary>Tokens from the first on whose keys and values are kept; never the last.</summary>
    internal int Cached { get; set; }

    /// <summary>Of those, how many it took over instead of computing them.</summary>
    internal int Inherited { get; set; }

    /// <summary>Pages of the kept tokens.</summary>
    internal List<int> Pages { get; } = [];

    internal GenerationBranch Copy(GenerationRequest request) => new(this, request);

    internal void Append(int token, float logProbability)
    {
        if (Length == _tokens.Length)
        {
            Array.Resize(ref _tokens, 2 * Length);
            Array.Resize(ref _logProbabilities, _tokens.Length - Request.Prompt.Length);
        }
        _logProbabilities[ResponseLength] = logProbability;
        _tokens[Length++] = token;
    }

    /// <summary>Drops the response's end; the stream of random numbers goes on where it is.</summary>
    internal void Cut(int responseLength)
    {
        Length = Request.Prompt.Length + responseLength;
        Finish = null;
        if (Request.Grammar is null) return;
        Grammar = Request.Grammar.Fork();
        foreach (var token in Response) Grammar.Accept(token);
    }
}
