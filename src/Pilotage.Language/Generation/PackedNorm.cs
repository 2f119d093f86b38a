using Pilotage.Language.Models;
using Pilotage.Networks;
using Pilotage.Tensors;
using Pilotage.Tensors.Operators;

namespace Pilotage.Language.Generation;

/// <summary>A normalisation, read where its parameters lie.</summary>
internal readonly unsafe struct PackedNorm(ParameterNames names, string prefix, LanguageModelConfig config)
{
    private readonly Normalization _kind = config.Normalization;
    private readonly float _epsilon = config.NormEpsilonOrDefault;
    private readonly Parameter? _gain = names.Find($"{prefix}.gain");
    private readonly Parameter? _shift = names.Find($"{prefix}.shift");

    /// <summary>y = the rows of x, normalised; moments has room for two numbers a row.</summary>
    public void Run(float* x, float* y, int rows, int width, float* moments)
    {
        if (_kind == Normalization.Layer) LayerNorm.Normalise(x, _gain!.ValuePointer, _shift!.ValuePointer, y, moments, rows, width, _epsilon);
        else if (_kind == Normalization.RootMeanSquare) RmsNorm.Normalise(x, _gain!.ValuePointer, y, moments, rows, width, _epsilon);
        else new ReadOnlySpan<float>(x, rows * width).CopyTo(new(y, rows * width));
    }
}
