using Pilotage.Tensors.Kernels;

namespace Pilotage.Language.Generation;

/// <summary>Tokens to run through the model at once, each at a position of a branch, and one thread's memory for them.</summary>
internal sealed unsafe class TokenRows
{
    private readonly InferenceModel _model;
    private AlignedBuffer _attention = new(0);
    private nint[] _addresses = [];
    private int _addressCount;

    public TokenRows(InferenceModel model, int capacity)
    {
        _model = model;
        Capacity = capacity;
        (Tokens, Positions, Wanted, Pages) = (new int[capacity], new int[capacity], new int[capacity], new int[capacity]);
        var (width, all, hidden) = (model.Width, model.QueryKeyValueWidth, model.HiddenWidth);
        (Stream, Normal, Heads) = (new(capacity * width), new(capacity * width), new(capacity * width));
        QueryKeyValue = new(capacity * all);
        (Inner, Gate) = (new(capacity * hidden), new(capacity * hidden));
        Moments = new(2 * capacity);
    }

    /// <summary>Most tokens at once.</summary>
    public int Capacity { get; }

    /// <summary>Tokens now.</summary>
    public int Count { get; private set; }

    public int[] Tokens { get; }

    public int[] Positions { get; }

    /// <summary>Row of the logits that each token's go to, -1 for none.</summary>
    public int[] Wanted { get; }

    /// <summary>Where each token's branch begins in the addresses.</summary>
    public int[] Pages { get; }

    /// <summary>Addresses of the branches' pages, one behind another.</summary>
    public ReadOnlySpan<nint> Addresses => _addresses.AsSpan(0, _addressCount);

    public AlignedBuffer Stream { get; }

    public AlignedBuffer Normal { get; }

    public AlignedBuffer Heads { get; }

    public AlignedBuffer QueryKeyValue { get; }

    public AlignedBuffer Inner { get; }

    public AlignedBuffer Gate { get; }

    public AlignedBuffer Moments { get; }

    public void Clear() => (Count, _addressCount) = (0, 0);

    /// <summary>Adds a run of a branch's tokens.</summary>
    /// <param name="branch">Its pages reach as far as the tokens, and those that are written are its own.</param>
    /// <param name="first">Position of the first.</param>
    /// <param name="count">How many; they fit.</param>
    /// <param name="wanted">Row of the logits for the last of them, -1 for none.</param>
    public void Add(GenerationBranch branch, int first, int count, int wanted)
    {
        var pages = (first + count + KeyValuePages.Tokens - 1) / KeyValuePages.Tokens;
        if (_addresses.Length < _addressCount + pages) Array.Resize(ref _addresses, 2 * (_addressCount + pages));
        for (var page = 0; page < pages; page++) _addresses[_addressCount + page] = (nint)_model.Pages.Address(branch.Pages[page]);
        var tokens = branch.AllTokens;
        for (var position = first; position < first + count; position++, Count++)
            (Tokens[Count], Positions[Count], Pages[Count], Wanted[Count]) = (tokens[position], position, _addressCount, position == first + count - 1 ? wanted : -1);
        _addressCount += pages;
    }

    /// <summary>Scratch of the attention for so many keys.</summary>
    public float* Attention(int length)
    {
        if (_attention.Memory.Length < length) _attention = new(2 * length);
        return _attention.Start;
    }
}
