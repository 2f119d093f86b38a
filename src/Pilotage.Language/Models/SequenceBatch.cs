namespace Pilotage.Language.Models;

/// <summary>Prompts with their responses, filled on the right, and the response tokens of all rows as one flat list of actions, row by row.</summary>
/// <remarks>Masked means over response tokens are plain means over the actions; what the prompt holds is never an action. Immutable.</remarks>
public sealed class SequenceBatch
{
    private readonly int[] _tokens;
    private readonly int[] _places;
    private readonly int[] _chosen;
    private readonly int[] _rowOf;
    private readonly int[] _firstOf;
    private int[] _wide = [];

    /// <summary>Lays out the rows.</summary>
    /// <param name="sequences">Prompt and response of each row. A prompt has at least one token; a response may be empty and then has no action.</param>
    /// <exception cref="ArgumentException">No rows, a row without a prompt, or no response token in all rows.</exception>
    public SequenceBatch(IReadOnlyList<TokenSequence> sequences)
    {
        Rows = sequences.Count;
        foreach (var (prompt, response) in sequences)
        {
            if (prompt.IsEmpty) throw new ArgumentException("SequenceBatch: a row has no prompt; it needs at least one token, such as the one that begins a text.", nameof(sequences));
            // The last token of a row is chosen and never read.
            Length = Math.Max(Length, prompt.Length + Math.Max(response.Length - 1, 0));
            Actions += response.Length;
        }
        if (Actions == 0) throw new ArgumentException($"SequenceBatch: {Rows} rows hold no response token; wanted at least one.", nameof(sequences));
        (_tokens, _places, _chosen, _rowOf, _firstOf) = (new int[Rows * Length], new int[Actions], new int[Actions], new int[Actions], new int[Rows + 1]);
        var action = 0;
        for (var row = 0; row < Rows; row++)
        {
            var prompt = sequences[row].Prompt.Span;
            var response = sequences[row].Response.Span;
            var start = row * Length;
            prompt.CopyTo(_tokens.AsSpan(start));
            if (response.Length > 1) response[..^1].CopyTo(_tokens.AsSpan(start + prompt.Length));
            for (var t = 0; t < response.Length; t++, action++)
                (_places[action], _chosen[action], _rowOf[action]) = (start + prompt.Length - 1 + t, response[t], row);
            _firstOf[row + 1] = action;
        }
    }

    /// <summary>Sequences.</summary>
    public int Rows { get; }

    /// <summary>Places of each row, the last chosen token left out.</summary>
    public int Length { get; }

    /// <summary>Response tokens of all rows.</summary>
    public int Actions { get; }

    /// <summary>[rows, length].</summary>
    public ReadOnlySpan<int> Tokens => _tokens;

    /// <summary>For each action the place, in the flat [rows, length], after whose token it was chosen.</summary>
    public ReadOnlySpan<int> Places => _places;

    /// <summary>For each action its token.</summary>
    public ReadOnlySpan<int> Chosen => _chosen;

    /// <summary>For each action its row, never falling.</summary>
    public ReadOnlySpan<int> RowOf => _rowOf;

    /// <summary>The actions of a row, as a range of the flat list.</summary>
    /// <param name="row">Which.</param>
    /// <returns>The range; empty for an empty response.</returns>
    public Range ActionsOf(int row) => _firstOf[row].._firstOf[row + 1];

    /// <summary>Gives every action the number of its row.</summary>
    /// <param name="perRow">[rows].</param>
    /// <param name="perAction">Receives [actions].</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public void Broadcast(ReadOnlySpan<float> perRow, Span<float> perAction)
    {
        if (perRow.Length != Rows || perAction.Length != Actions)
            throw new ArgumentException($"SequenceBatch: {perRow.Length} numbers for {Rows} rows and room for {perAction.Length} of {Actions} actions; wanted the same.", nameof(perRow));
        for (var i = 0; i < _rowOf.Length; i++) perAction[i] = perRow[_rowOf[i]];
    }

    /// <summary>Places, once for each number of a row of the given width: what picks whole rows.</summary>
    internal ReadOnlySpan<int> PlacesByWidth(int width)
    {
        if (_wide.Length != Actions * width)
        {
            _wide = new int[Actions * width];
            for (var i = 0; i < Actions; i++) _wide.AsSpan(i * width, width).Fill(_places[i]);
        }
        return _wide;
    }
}
