using System.Collections.Frozen;
using Pilotage.Tensors;

namespace Pilotage.Training;

/// <summary>
/// Fills the weights of a network from tensors of the same names and shapes. Changes no shape: a layer stored as [out, in] does not fit one that is [in, out].
/// </summary>
public static class WeightLoading
{
    // What Read(name, Span<float>) takes.
    private static readonly FrozenSet<string> FloatTypes = FrozenSet.Create("BF16", "F16", "F32", "F64");

    /// <summary>Fills all parameters, or changes none.</summary>
    /// <param name="source">Its tensors are BF16, F16, F32 or F64.</param>
    /// <param name="parameters">Filled in place; gradients and optimisers are not touched.</param>
    /// <param name="names">The tensor's name by the parameter's, where the two differ. Two parameters may share a tensor.</param>
    /// <param name="ignored">Tensors that are known to have no place in the network; others without one are a mistake.</param>
    /// <exception cref="UserMistakeException">
    /// Tensors are missing (PIL0307), have no place (PIL0308), have another shape (PIL0309) or type (PIL0310), or the names are wrong (PIL0311); all of it at once.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The source is disposed of.</exception>
    public static void LoadInto(
        this IWeightSource source, Parameters parameters, IReadOnlyDictionary<string, string>? names = null, IReadOnlyCollection<string>? ignored = null) =>
        source.LoadInto(parameters.Blocks, names, ignored);

    /// <summary>Fills all blocks, or changes none.</summary>
    /// <param name="source">Its tensors are BF16, F16, F32 or F64.</param>
    /// <param name="weights">Views of live values, filled in place.</param>
    /// <param name="names">The tensor's name by the block's, where the two differ. Two blocks may share a tensor.</param>
    /// <param name="ignored">Tensors that are known to have no place in the network; others without one are a mistake.</param>
    /// <exception cref="UserMistakeException">As above.</exception>
    /// <exception cref="ObjectDisposedException">The source is disposed of.</exception>
    public static void LoadInto(
        this IWeightSource source, IReadOnlyList<WeightBlock> weights, IReadOnlyDictionary<string, string>? names, IReadOnlyCollection<string>? ignored)
    {
        var tensors = source.Tensors.ToDictionary(tensor => tensor.Name);
        var places = weights.Select(block => (Block: block, Name: names?.GetValueOrDefault(block.Name) ?? block.Name)).ToList();
        var mistakes = places.SelectMany(place => Mistakes(place.Block, place.Name, tensors.GetValueOrDefault(place.Name))).ToList();

        var used = places.Select(place => place.Name).Concat(ignored ?? []).ToHashSet();
        mistakes.AddRange(source.Tensors.Where(tensor => !used.Contains(tensor.Name)).Select(tensor => new Mistake(
            "PIL0308", $"The tensor {tensor.Name} {SafeTensor.Text(tensor.Shape)} has no place in the network.", "",
            "Map a parameter's name to it, or name it among those to ignore.")));
        var known = weights.Select(block => block.Name).ToHashSet();
        mistakes.AddRange((names ?? FrozenDictionary<string, string>.Empty).Where(pair => !known.Contains(pair.Key)).Select(pair => new Mistake(
            "PIL0311", $"The map of names sends {pair.Key} to {pair.Value}, and the network has no {pair.Key}.", "",
            "Correct or remove the entry.")));
        UserMistakeException.ThrowIfAny([.. mistakes.Select(mistake => (mistake with { Where = source.Path }).ToString())]);

        foreach (var (block, name) in places) source.Read(name, block.Values.Span);
    }

    private static IEnumerable<Mistake> Mistakes(WeightBlock block, string name, SafeTensor? tensor)
    {
        if (tensor is null)
        {
            var expected = name == block.Name ? "" : $" for {block.Name}";
            yield return new("PIL0307", $"The tensor {name} {SafeTensor.Text(block.Shape)}{expected} is missing.", "",
                "Give the file of this network, or map the name to the one that the file has.");
            yield break;
        }

        if (!FloatTypes.Contains(tensor.DataType))
        {
            var allowed = string.Join(", ", FloatTypes.Order(StringComparer.Ordinal));
            yield return new("PIL0310", $"The tensor {name} is {tensor.DataType}. Allowed: {allowed}.", "", "Convert the file to one of these.");
        }

        if (!tensor.Shape.SequenceEqual(block.Shape.Select(extent => (long)extent)))
        {
            var advice = tensor.Shape.SequenceEqual(block.Shape.Reverse().Select(extent => (long)extent))
                ? "It is stored transposed: transpose it before loading."
                : "Build the network with the sizes of the file.";
            yield return new("PIL0309", $"The tensor {name} is {SafeTensor.Text(tensor.Shape)} and {block.Name} is {SafeTensor.Text(block.Shape)}.", "", advice);
        }
    }
}
