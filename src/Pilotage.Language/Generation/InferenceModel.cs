using System.Runtime.Intrinsics;
using Pilotage.Language.Models;
using Pilotage.Tensors;
using Pilotage.Tensors.Kernels;
using Pilotage.Tensors.Operators;

namespace Pilotage.Language.Generation;

/// <summary>The forward pass of a language model on kept keys and values, without a tape: the numbers of <see cref="LanguageModel.Forward"/>, bit for bit.</summary>
/// <remarks>
/// The weights are copied into panels at <see cref="Read"/>: once for a call that draws many tokens. Every operation is the training's kernel or the same chain of multiply-adds.
/// Tokens are rows; rows of several branches run together, and no row's bits depend on the others. Allocates nothing once its buffers have grown.
/// </remarks>
internal sealed unsafe class InferenceModel
{
    private readonly LanguageModelConfig _config;
    private readonly Parameter _embedding;
    private readonly Parameter? _places;
    private readonly Parameter _head;
    private readonly PackedBlock[] _blocks;
    private readonly PackedNorm _norm;
    private readonly PackedMatrix _logits;
    private readonly CachedAttention _attention;
    private readonly int _keyWidth;
    private readonly int _headWidth;
    private readonly double _ratio;
    private AlignedBuffer _angles = new(0);
    private int _anglePositions;

    public InferenceModel(LanguageModel model)
    {
        var config = _config = model.Config;
        var names = new ParameterNames(model.Parameters);
        _embedding = names["embedding"];
        _places = names.Find("places");
        _head = names.Find("head") ?? _embedding;
        _headWidth = config.Width / config.Heads;
        _keyWidth = (config.KeyHeads ?? config.Heads) * _headWidth;
        _blocks = new PackedBlock[config.Layers];
        for (var i = 0; i < _blocks.Length; i++) _blocks[i] = new(config, names, i);
        _norm = new(names, "norm", config);
        _logits = new(config.Width, config.VocabularySize);
        _attention = new(config.Heads, config.KeyHeads ?? config.Heads, _headWidth);
        Pages = new(config.Layers, _keyWidth);
        if (config.Positions == PositionEncoding.Rotary) _ratio = Rotary.Ratio(config.RotaryBase, _headWidth / 2);
        Read();
    }

    /// <summary>Kept keys and values.</summary>
    public KeyValuePages Pages { get; }

    public int Width => _config.Width;

    public int QueryKeyValueWidth => _config.Width + 2 * _keyWidth;

    public int HiddenWidth => _blocks[0].Up.Outputs;

    private bool IsRotary => _config.Positions == PositionEncoding.Rotary;

    /// <summary>Elements of a position's cosines, or sines.</summary>
    private int AnglePitch => Lanes.Whole(_headWidth / 2);

    /// <summary>Copies the weights as they are now.</summary>
    public void Read()
    {
        foreach (var block in _blocks) block.Read();
        _logits.PutTurned(_head);
    }

    /// <summary>Makes the angles of so many positions. Not thread-safe; called before rows are shared out.</summary>
    public void Reach(int positions)
    {
        if (!IsRotary || positions <= _anglePositions) return;
        _anglePositions = Math.Min(Math.Max(positions, 2 * _anglePositions), _config.ContextLength);
        _angles = new(_anglePositions * 2 * AnglePitch);
        for (var position = 0; position < _anglePositions; position++)
        {
            var cosines = _angles.Start + (nint)position * 2 * AnglePitch;
            Rotary.Turns(position, _ratio, _headWidth / 2, cosines, cosines + AnglePitch);
        }
    }

    /// <summary>Runs tokens, keeps their keys and values, and writes the logits of those that are wanted.</summary>
    /// <param name="rows">Tokens at positions; those of one branch in order. What they see is kept already or among them.</param>
    /// <param name="logits">Receives [rows of logits, vocabulary].</param>
    public void Run(TokenRows rows, float* logits)
    {
        var (count, width) = (rows.Count, Width);
        float* x = rows.Stream.Start, normal = rows.Normal.Start, moments = rows.Moments.Start;
        Embed(rows, x);
        fixed (nint* addresses = rows.Addresses)
            for (var layer = 0; layer < _blocks.Length; layer++)
            {
                var block = _blocks[layer];
                block.AttentionNorm.Run(x, normal, count, width, moments);
                block.QueryKeyValue.Multiply(normal, rows.QueryKeyValue.Start, count);
                Attend(rows, addresses, (nint)layer * Pages.LayerLength);
                block.Output.Multiply(rows.Heads.Start, normal, count);
                Add(normal, x, count * width);
                block.ForwardNorm.Run(x, normal, count, width, moments);
                FeedForward(block, rows);
                Add(normal, x, count * width);
            }
        Predict(rows, logits);
    }

    private void Embed(TokenRows rows, float* x)
    {
        var width = Width;
        for (var row = 0; row < rows.Count; row++, x += width)
        {
            new ReadOnlySpan<float>(_embedding.ValuePointer + (nint)rows.Tokens[row] * width, width).CopyTo(new(x, width));
            if (_places is not null) Elementwise.AddExactly(_places.ValuePointer + (nint)rows.Positions[row] * width, x, width);
        }
    }

    private void Attend(TokenRows rows, nint* addresses, nint layer)
    {
        var row = rows.QueryKeyValue.Start;
        var (all, longest) = (QueryKeyValueWidth, 0);
        var (heads, half) = (_config.Heads, _headWidth / 2);
        for (var r = 0; r < rows.Count; r++, row += all)
        {
            var position = rows.Positions[r];
            longest = Math.Max(longest, position + 1);
            if (IsRotary)
            {
                var cosines = _angles.Start + (nint)position * 2 * AnglePitch;
                // Keys follow the queries.
                Rotary.Turn(row, row, heads + _keyWidth / _headWidth, half, cosines, cosines + AnglePitch, direction: 1, add: false);
            }
            var page = (float*)addresses[rows.Pages[r] + position / KeyValuePages.Tokens] + layer;
            _attention.Store(row + Width, row + Width + _keyWidth, page, position % KeyValuePages.Tokens);
        }
        var scratch = rows.Attention(_attention.Scratch(longest));
        row = rows.QueryKeyValue.Start;
        for (var r = 0; r < rows.Count; r++, row += all)
            _attention.Run(row, addresses + rows.Pages[r], layer, rows.Positions[r] + 1, scratch, rows.Heads.Start + (nint)r * Width);
    }

    private void FeedForward(PackedBlock block, TokenRows rows)
    {
        float* normal = rows.Normal.Start, inner = rows.Inner.Start, opened = rows.Gate.Start;
        var count = rows.Count;
        var length = count * HiddenWidth;
        block.Up.Multiply(normal, inner, count);
        if (block.Gate is { } gate)
        {
            gate.Multiply(normal, opened, count);
            Elementwise.Forward(UnaryOperation.Silu, opened, opened, length, 0, 0);
            for (var i = 0; i < length; i += Lanes.Count) (Vector512.Load(opened + i) * Vector512.Load(inner + i)).Store(inner + i);
        }
        else if (_config.FeedForward == Networks.FeedForward.Gelu) Elementwise.Forward(UnaryOperation.Gelu, inner, inner, length, 0, 0);
        else if (_config.FeedForward == Networks.FeedForward.Relu) Elementwise.Forward(UnaryOperation.Relu, inner, inner, length, 0, 0);
        block.Down.Multiply(inner, normal, count);
    }

    /// <summary>Norm and head, of the wanted rows alone.</summary>
    private void Predict(TokenRows rows, float* logits)
    {
        float* x = rows.Stream.Start, gathered = rows.Heads.Start;
        var width = Width;
        for (var r = 0; r < rows.Count;)
        {
            // Runs of neighbours whose logits are neighbours are one product.
            var (first, from) = (rows.Wanted[r], r);
            if (first < 0)
            {
                r++;
                continue;
            }
            while (r < rows.Count && rows.Wanted[r] == first + r - from) r++;
            _norm.Run(x + (nint)from * width, gathered, r - from, width, rows.Moments.Start);
            _logits.Multiply(gathered, logits + (nint)first * _config.VocabularySize, r - from);
        }
    }

    private static void Add(float* part, float* x, int count) => Elementwise.AddExactly(part, x, count);
}
