using Pilotage.Training;

namespace Pilotage.Language.Checkpoints;

/// <summary>Where a block of a model's weights stands in a checkpoint.</summary>
/// <param name="Block">The live weights.</param>
/// <param name="Name">The tensor's name there.</param>
/// <param name="IsTransposed">Whether it is stored as [out, in], while it is [in, out] here.</param>
internal sealed record TensorPlace(WeightBlock Block, string Name, bool IsTransposed)
{
    /// <summary>The tensor's shape in the file.</summary>
    public IReadOnlyList<int> Shape => IsTransposed ? [Block.Shape[1], Block.Shape[0]] : Block.Shape;

    /// <summary>The places of all blocks, in the model's order.</summary>
    public static IReadOnlyList<TensorPlace> All(IReadOnlyList<WeightBlock> blocks, ModelKind kind) =>
        [.. blocks.Select(block => kind == ModelKind.Pilotage ? new(block, block.Name, IsTransposed: false) : Of(block))];

    // Qwen2 has Llama's names. Queries and keys need no reordering: both turn the pairs (i, i + d / 2).
    private static TensorPlace Of(WeightBlock block)
    {
        var parts = block.Name.Split('.');
        return parts switch
        {
            ["embedding"] => new(block, "model.embed_tokens.weight", IsTransposed: false),
            ["head"] => new(block, "lm_head.weight", IsTransposed: false),
            ["norm", "gain"] => new(block, "model.norm.weight", IsTransposed: false),
            ["blocks", var layer, "attention_norm", "gain"] => new(block, $"model.layers.{layer}.input_layernorm.weight", IsTransposed: false),
            ["blocks", var layer, "forward_norm", "gain"] => new(block, $"model.layers.{layer}.post_attention_layernorm.weight", IsTransposed: false),
            ["blocks", var layer, "attention", var part, var what] => new(block, $"model.layers.{layer}.self_attn.{part[0]}_proj.{what}", what == "weight"),
            ["blocks", var layer, var part, var what] => new(block, $"model.layers.{layer}.mlp.{part}_proj.{what}", what == "weight"),
            _ => throw new InvalidOperationException($"The parameter {block.Name} has no name among Llama's tensors."),
        };
    }
}
