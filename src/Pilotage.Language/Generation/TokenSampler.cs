using Pilotage.Distributions;
using Pilotage.Tensors;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Language.Generation;

/// <summary>Draws a token from log-probabilities after the filters. Deterministic in the uniform number; equal probabilities are taken in the order of the tokens.</summary>
internal sealed unsafe class TokenSampler
{
    private readonly SamplingSettings _settings;
    private readonly AlignedBuffer _probabilities;
    private readonly ulong[] _order;

    public TokenSampler(SamplingSettings settings, int vocabularySize)
    {
        settings.Refuse();
        (_settings, _probabilities) = (settings, new(vocabularySize));
        _order = settings.Sorts ? new ulong[vocabularySize] : [];
    }

    /// <summary>Draws; takes one number from the stream, none at temperature 0.</summary>
    public int Draw(ReadOnlySpan<float> logPi, ref Randomness random)
    {
        if (_settings.Temperature == 0) return Categorical.Mode(logPi);
        logPi.CopyTo(_probabilities.Memory.Span);
        Elementwise.Forward(UnaryOperation.Exp, _probabilities.Start, _probabilities.Start, logPi.Length, 0, 0);
        var uniform = random.NextSingle();
        var probabilities = _probabilities.Memory.Span;
        if (_settings.Sorts) return DrawSorted(probabilities, uniform);
        return _settings.MinP > 0 ? DrawAbove(probabilities, uniform) : Categorical.Sample(probabilities, uniform);
    }

    private int DrawAbove(ReadOnlySpan<float> probabilities, float uniform)
    {
        var largest = 0f;
        foreach (var probability in probabilities) largest = Math.Max(largest, probability);
        var threshold = _settings.MinP * largest;
        double kept = 0;
        foreach (var probability in probabilities)
            if (probability >= threshold) kept += probability;
        var (left, last) = (uniform * kept, 0);
        for (var token = 0; token < probabilities.Length; token++)
        {
            if (probabilities[token] < threshold) continue;
            last = token;
            left -= probabilities[token];
            if (left < 0) break;
        }
        return last;
    }

    private int DrawSorted(ReadOnlySpan<float> probabilities, float uniform)
    {
        // Not negative, so that the bits rise with the number; the complement falls. Equal ones stay in the order of the tokens.
        for (var token = 0; token < _order.Length; token++) _order[token] = (ulong)~BitConverter.SingleToUInt32Bits(probabilities[token]) << 32 | (uint)token;
        _order.AsSpan().Sort();
        var count = Math.Min(_settings.TopK ?? _order.Length, _order.Length);
        double all = 0, kept = 0;
        for (var i = 0; i < count; i++) all += probabilities[(int)(uint)_order[i]];
        var threshold = _settings.MinP * probabilities[(int)(uint)_order[0]];
        var end = 0;
        for (; end < count && (end == 0 || kept < _settings.TopP * all); end++)
        {
            var probability = probabilities[(int)(uint)_order[end]];
            // What a mask ruled out has probability 0.
            if (probability <= 0 || probability < threshold) break;
            kept += probability;
        }
        var left = uniform * kept;
        for (var i = 0; i < end; i++)
        {
            left -= probabilities[(int)(uint)_order[i]];
            if (left < 0) return (int)(uint)_order[i];
        }
        return (int)(uint)_order[Math.Max(0, end - 1)];
    }
}
