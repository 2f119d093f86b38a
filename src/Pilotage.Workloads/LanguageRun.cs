using Pilotage.Language.Generation;
using Pilotage.Language.Models;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Workloads;

/// <summary>A group loop's three parts on a language model: responses are drawn, scored without gradients, and learned from.</summary>
public sealed class LanguageRun : IWorkload
{
    private readonly LanguageModelConfig _config;
    private readonly LanguageModel _model;
    private readonly Generator _generator;
    private readonly AdamW _optimizer;
    private readonly GenerationRequest[] _requests;
    private readonly SequenceBatch _batch;
    private readonly float[] _advantages;

    /// <summary>Makes model and prompts from a fixed seed. Every row has a prompt of its own.</summary>
    /// <param name="config">Of the model.</param>
    /// <param name="rows">Responses side by side.</param>
    /// <param name="prompt">Tokens of each prompt.</param>
    /// <param name="response">Tokens of each response: there is no end token.</param>
    /// <param name="device">Where to compute; <see langword="null"/> for the managed device.</param>
    public LanguageRun(LanguageModelConfig config, int rows, int prompt, int response, Device? device = null)
    {
        _config = config;
        _model = new(config, SeedTree.Root(1), device);
        _generator = new(_model);
        _optimizer = new(_model.Parameters, 1e-5);
        var random = new Randomness(5);
        (Rows, Prompt, Response) = (rows, prompt, response);
        _requests = new GenerationRequest[rows];
        for (var row = 0; row < rows; row++)
        {
            var tokens = new int[prompt];
            foreach (ref var token in tokens.AsSpan()) token = random.NextInt(config.VocabularySize);
            _requests[row] = new(tokens, SeedTree.Root(row), response);
        }
        var drawn = new int[response];
        foreach (ref var token in drawn.AsSpan()) token = random.NextInt(config.VocabularySize);
        _batch = new([.. _requests.Select(request => new TokenSequence(request.Prompt, drawn))]);
        _advantages = new float[_batch.Actions];
        foreach (ref var advantage in _advantages.AsSpan()) advantage = (float)random.NextNormal();
    }

    /// <inheritdoc/>
    public Parameters Parameters => _model.Parameters;

    /// <summary>Responses side by side.</summary>
    public int Rows { get; }

    /// <summary>Tokens of a prompt.</summary>
    public int Prompt { get; }

    /// <summary>Tokens of a response.</summary>
    public int Response { get; }

    /// <summary>Tokens that a call draws, scores or learns from.</summary>
    public int Tokens => Rows * Response;

    /// <summary>Of a gradient step: three passes.</summary>
    public double Flops => 3 * ScoreFlops;

    /// <summary>Of one forward pass over prompts and responses, the head at response tokens alone; half of the scores are seen.</summary>
    public double ScoreFlops => 2.0 * Rows * ((double)_batch.Length * (BlockAdds + _config.Layers * (double)_batch.Length * _config.Width) + Response * HeadAdds);

    /// <summary>Of drawing the responses, prompts included.</summary>
    public double GenerateFlops => ScoreFlops;

    private double BlockAdds => 12.0 * _config.Layers * _config.Width * _config.Width;

    private double HeadAdds => (double)_config.VocabularySize * _config.Width;

    /// <summary>Draws the responses.</summary>
    /// <returns>Tokens drawn.</returns>
    public int Generate() => _generator.Generate(_requests, new()).Sum(completion => completion.Tokens.Length);

    /// <summary>Log-probabilities of given responses, without gradients.</summary>
    /// <returns>Their mean.</returns>
    public float Score()
    {
        using var step = Step.Begin(Parameters.Device, Gradient.None);
        return _model.Forward(_batch).LogProbability.Mean().Item();
    }

    /// <inheritdoc/>
    public Tensor Loss() => PolicyGradient.Weighted(_model.Forward(_batch).LogProbability, Tensor.From(_advantages, _advantages.Length));

    /// <inheritdoc/>
    public UpdateReport Run()
    {
        using var step = Step.Begin(Parameters.Device);
        return _optimizer.Descend(Loss(), maximumNorm: 1);
    }
}
