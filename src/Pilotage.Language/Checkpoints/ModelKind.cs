namespace Pilotage.Language.Checkpoints;

/// <summary>How a checkpoint folder names and lays out its weights.</summary>
internal enum ModelKind : byte
{
    /// <summary>This library's own: any <see cref="Models.LanguageModelConfig"/>, weights as they stand in memory.</summary>
    Pilotage,

    /// <summary>Hugging Face's <c>LlamaForCausalLM</c>.</summary>
    Llama,

    /// <summary>Hugging Face's <c>Qwen2ForCausalLM</c>: Llama's with biases on queries, keys and values.</summary>
    Qwen2,
}
