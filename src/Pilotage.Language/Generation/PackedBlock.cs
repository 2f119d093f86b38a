using Pilotage.Language.Models;
using Pilotage.Networks;

namespace Pilotage.Language.Generation;

/// <summary>The weights of one block, packed; queries, keys and values are one product.</summary>
internal sealed class PackedBlock
{
    private readonly ParameterNames _names;
    private readonly string _prefix;
    private readonly (int Query, int Key) _width;

    public PackedBlock(LanguageModelConfig config, ParameterNames names, int index)
    {
        (_names, _prefix) = (names, $"blocks.{index}");
        var hidden = names[$"{_prefix}.up.weight"].Shape[1];
        _width = (config.Width, (config.KeyHeads ?? config.Heads) * (config.Width / config.Heads));
        AttentionNorm = new(names, $"{_prefix}.attention_norm", config);
        ForwardNorm = new(names, $"{_prefix}.forward_norm", config);
        QueryKeyValue = new(config.Width, _width.Query + 2 * _width.Key);
        Output = new(config.Width, config.Width);
        if (config.FeedForward == FeedForward.GatedSilu) Gate = new(config.Width, hidden);
        Up = new(config.Width, hidden);
        Down = new(hidden, config.Width);
    }

    public PackedNorm AttentionNorm { get; }

    public PackedMatrix QueryKeyValue { get; }

    public PackedMatrix Output { get; }

    public PackedNorm ForwardNorm { get; }

    public PackedMatrix? Gate { get; }

    public PackedMatrix Up { get; }

    public PackedMatrix Down { get; }

    /// <summary>Copies the weights as they are now.</summary>
    public void Read()
    {
        Put(QueryKeyValue, "attention.query");
        Put(QueryKeyValue, "attention.key", _width.Query);
        Put(QueryKeyValue, "attention.value", _width.Query + _width.Key);
        Put(Output, "attention.output");
        if (Gate is not null) Put(Gate, "gate");
        Put(Up, "up");
        Put(Down, "down");
    }

    private void Put(PackedMatrix matrix, string layer, int first = 0) =>
        matrix.Put(_names[$"{_prefix}.{layer}.weight"], _names.Find($"{_prefix}.{layer}.bias"), first);
}
