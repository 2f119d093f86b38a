namespace Pilotage.Tensors.Kernels;

/// <summary>Extents, strides and tiles of one attention: rows of queries against all keys that they see. No result's bits depend on the tiles.</summary>
internal readonly struct AttentionPlan
{
    /// <summary>Keys are transposed in panels of the width of the widest register tile.</summary>
    public const int Panel = 64;

    /// <summary>Fewer queries do not pay for copies of the keys' and values' rows.</summary>
    private const int RowsWorthCopies = 8;

    /// <summary>Elements of a tile of scores; two of them and a panel stay in a second-level cache of half a megabyte.</summary>
    private const int TileLength = 1 << 15;

    public AttentionPlan(in Shape query, in Shape key, in OperatorSettings settings)
    {
        (Batch, Queries, Heads, Width) = (query[0], query[1], query[2], query[3]);
        (Keys, KeyHeads) = (key[1], key[2]);
        (Causal, Scale) = (settings.First != 0, settings.Number);
        // One line more than the keys need, so that the rows of a tile do not fall into the same few sets of a cache.
        ScorePitch = Lanes.Whole(Keys) + Lanes.Count;
        // Shorter tiles leave out more of what lies behind the diagonal.
        TileRows = Causal ? 32 : 64;
        while (TileRows > 16 && TileRows * ScorePitch > TileLength) TileRows /= 2;
        TileRows = Math.Min(TileRows, Math.Max(1, Queries));
    }

    public int Batch { get; }

    public int Queries { get; }

    public int Keys { get; }

    public int Heads { get; }

    public int KeyHeads { get; }

    /// <summary>Elements of a head.</summary>
    public int Width { get; }

    public bool Causal { get; }

    public float Scale { get; }

    /// <summary>Queries that are computed together.</summary>
    public int TileRows { get; }

    /// <summary>From row to row of a tile of scores.</summary>
    public int ScorePitch { get; }

    /// <summary>From row to row of a packed query, key or value.</summary>
    public int Pitch => Lanes.Whole(Width);

    /// <summary>One head of the keys in one batch: independent of all others.</summary>
    public int Units => Batch * KeyHeads;

    /// <summary>Multiply-adds of the forward pass; with causality up to half of them are left out.</summary>
    public long Work => 2L * Batch * Heads * Queries * Keys * Width;

    /// <summary>Heads of the queries for one of the keys.</summary>
    public int Group => Heads / KeyHeads;

    public bool CopiesRows => Queries >= RowsWorthCopies;

    public int PanelsLength => (Keys + Panel - 1) / Panel * Panel * Width;

    public int RowsLength => CopiesRows ? Keys * Pitch : 0;

    public int ScoresLength => TileRows * ScorePitch;

    public int ForwardScratch => PanelsLength + RowsLength + ScoresLength + TileRows * Pitch;

    public int BackwardScratch => 2 * PanelsLength + 3 * Keys * Pitch + 2 * ScoresLength + 3 * TileRows * Pitch + Lanes.Whole(TileRows);

    /// <summary>How many keys, from the first on, a query may see.</summary>
    public int Visible(int query) => Causal ? query + 1 + Keys - Queries : Keys;

    public long QueryOffset(int batch, int query, int head) => (((long)batch * Queries + query) * Heads + head) * Width;

    public long KeyOffset(int batch, int keyHead) => ((long)batch * Keys * KeyHeads + keyHead) * Width;
}
