using Pilotage.Language.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pilotage.Torch.Bench;

/// <summary>The language model of <see cref="Pilotage.Workloads.LanguageRun"/> as users of TorchSharp write it: its modules and fused attention, keys and values in a buffer that is written in place, its AdamW and clipping.</summary>
/// <remarks>It draws without looking at the tokens: nothing is copied to the host before the end, which a generation that stops at an end token could not do.</remarks>
internal sealed class PlainLanguage : IDisposable
{
    private readonly LanguageModelConfig _config;
    private readonly int _rows;
    private readonly int _prompt;
    private readonly int _response;
    private readonly Parameter _embedding;
    private readonly Parameter _places;
    private readonly Block[] _blocks;
    private readonly LayerNorm _norm;
    private readonly Parameter[] _parameters;
    private readonly AdamW _optimizer;
    private readonly Tensor _prompts;
    private readonly Tensor _sequences;
    private readonly Tensor _chosen;
    private readonly Tensor _advantages;

    public PlainLanguage(LanguageModelConfig config, int rows, int prompt, int response)
    {
        (_config, _rows, _prompt, _response) = (config, rows, prompt, response);
        _embedding = nn.Parameter(randn(config.VocabularySize, config.Width) * 0.02);
        _places = nn.Parameter(randn(config.ContextLength, config.Width) * 0.02);
        _blocks = [.. Enumerable.Range(0, config.Layers).Select(_ => new Block(config, rows, prompt + response))];
        _norm = nn.LayerNorm(config.Width);
        _parameters = [_embedding, _places, .. _blocks.SelectMany(block => block.Parameters), .. _norm.parameters()];
        _optimizer = new(_parameters, lr: 1e-5);
        _prompts = randint(0, config.VocabularySize, [rows, prompt], int64);
        _sequences = randint(0, config.VocabularySize, [rows, prompt + response - 1], int64);
        _chosen = randint(0, config.VocabularySize, [rows, response], int64);
        _advantages = randn(rows, response);
    }

    public float[] Generate()
    {
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        var (tokens, scores) = (new Tensor[_response], new Tensor[_response]);
        var next = _prompts;
        for (var t = 0; t < _response; t++)
        {
            using var inner = NewDisposeScope();
            var first = t == 0 ? 0 : _prompt + t - 1;
            var hidden = Hidden(next, first, keeps: true);
            var logPi = nn.functional.log_softmax(hidden.select(1, -1).matmul(_embedding.t()), 1);
            tokens[t] = multinomial(logPi.exp(), 1).MoveToOuterDisposeScope();
            scores[t] = logPi.gather(1, tokens[t]).MoveToOuterDisposeScope();
            next = tokens[t];
        }
        return [.. cat(scores, 1).data<float>()];
    }

    public float Score()
    {
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        return LogProbabilities().mean().item<float>();
    }

    public float Learn()
    {
        using var scope = NewDisposeScope();
        var loss = -(LogProbabilities() * _advantages).mean();
        _optimizer.zero_grad();
        loss.backward();
        nn.utils.clip_grad_norm_(_parameters, 1);
        _optimizer.step();
        return loss.item<float>();
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _norm.Dispose();
        foreach (var block in _blocks) block.Dispose();
    }

    private Tensor LogProbabilities()
    {
        var hidden = Hidden(_sequences, 0, keeps: false).narrow(1, _prompt - 1, _response);
        return nn.functional.log_softmax(hidden.matmul(_embedding.t()), 2).gather(2, _chosen.unsqueeze(2)).squeeze(2);
    }

    private Tensor Hidden(Tensor tokens, int first, bool keeps)
    {
        var x = _embedding.index_select(0, tokens.flatten()).view(tokens.shape[0], tokens.shape[1], _config.Width) + _places.narrow(0, first, tokens.shape[1]);
        foreach (var block in _blocks) x = block.Forward(x, first, keeps);
        return _norm.forward(x);
    }

    private sealed class Block : IDisposable
    {
        private readonly int _heads;
        private readonly LayerNorm _attentionNorm;
        private readonly Linear _queryKeyValue;
        private readonly Linear _output;
        private readonly LayerNorm _forwardNorm;
        private readonly Linear _up;
        private readonly Linear _down;
        private readonly Tensor _keys;
        private readonly Tensor _values;

        public Block(LanguageModelConfig config, int rows, int length)
        {
            var width = config.Width;
            _heads = config.Heads;
            (_attentionNorm, _forwardNorm) = (nn.LayerNorm(width), nn.LayerNorm(width));
            (_queryKeyValue, _output, _up, _down) = (nn.Linear(width, 3 * width), nn.Linear(width, width), nn.Linear(width, 4 * width), nn.Linear(4 * width, width));
            (_keys, _values) = (zeros(rows, _heads, length, width / _heads), zeros(rows, _heads, length, width / _heads));
        }

        public IEnumerable<Parameter> Parameters =>
            [.. _attentionNorm.parameters(), .. _queryKeyValue.parameters(), .. _output.parameters(), .. _forwardNorm.parameters(), .. _up.parameters(), .. _down.parameters()];

        public Tensor Forward(Tensor x, int first, bool keeps)
        {
            var (rows, count, width) = (x.shape[0], x.shape[1], x.shape[2]);
            var parts = _queryKeyValue.forward(_attentionNorm.forward(x)).view(rows, count, 3, _heads, width / _heads).permute(2, 0, 3, 1, 4).unbind(0);
            var (key, value) = (parts[1], parts[2]);
            if (keeps)
            {
                _keys.narrow(2, first, count).copy_(key);
                _values.narrow(2, first, count).copy_(value);
                (key, value) = (_keys.narrow(2, 0, first + count), _values.narrow(2, 0, first + count));
            }
            var attended = nn.functional.scaled_dot_product_attention(parts[0], key, value, is_casual: count > 1);
            x = x + _output.forward(attended.transpose(1, 2).reshape(rows, count, width));
            return x + _down.forward(nn.functional.gelu(_up.forward(_forwardNorm.forward(x)), TorchSharp.Modules.GELU.Approximate.tanh));
        }

        public void Dispose()
        {
            foreach (var module in new nn.Module[] { _attentionNorm, _queryKeyValue, _output, _forwardNorm, _up, _down }) module.Dispose();
            _keys.Dispose();
            _values.Dispose();
        }
    }
}
