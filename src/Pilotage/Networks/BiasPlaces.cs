namespace Pilotage.Networks;

/// <summary>Which linear layers of a transformer's block have biases.</summary>
[Flags]
public enum BiasPlaces : byte
{
    /// <summary>None, as in Llama.</summary>
    None = 0,

    /// <summary>Queries, keys and values: alone, as in Qwen2.</summary>
    QueryKeyValue = 1,

    /// <summary>The layer behind attention.</summary>
    AttentionOutput = 2,

    /// <summary>The layers of the feed-forward part.</summary>
    FeedForward = 4,

    /// <summary>All of them, as in GPT-2.</summary>
    All = QueryKeyValue | AttentionOutput | FeedForward,
}
