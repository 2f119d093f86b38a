namespace Pilotage.Tensors;

/// <summary>What made a node, for messages; and a number for it, by which it is found after the step has ended.</summary>
internal static class NodeNames
{
    /// <summary>Where the functions of one tensor, of two, the reductions, the operators, masks and indices begin among the codes; the kinds stand before them.</summary>
    private const int UnaryCodes = 64;
    private const int BinaryCodes = 128;
    private const int ReductionCodes = 176;
    private const int OperatorCodes = 192;
    private const int MaskCodes = 224;
    private const int IndicesCodes = 240;

    /// <summary>Of indices that an order made; 0 for copied ones.</summary>
    public const byte OrderCode = 1;

    /// <summary>Where logic begins among the codes of masks, after copied ones (0) and comparisons.</summary>
    private const int LogicCodes = 8;

    public static byte MaskCode(Comparison comparison) => (byte)(1 + (int)comparison);

    public static byte MaskCode(MaskOperation operation) => (byte)(LogicCodes + (int)operation);

    public static string Of(in Node node) => node.Weight is { } weight ? $"{Name(node.Kind, node.Code)}({weight.Name})" : Name(node.Kind, node.Code);

    public static byte CodeOf(in Node node) => (byte)(node.Kind switch
    {
        NodeKind.Unary => UnaryCodes + node.Code,
        NodeKind.Binary => BinaryCodes + node.Code,
        NodeKind.Reduce => ReductionCodes + node.Code,
        NodeKind.Apply => OperatorCodes + node.Code,
        NodeKind.Mask => MaskCodes + node.Code,
        NodeKind.Indices => IndicesCodes + node.Code,
        _ => (int)node.Kind,
    });

    public static string OfCode(byte code) => code switch
    {
        >= IndicesCodes => Name(NodeKind.Indices, (byte)(code - IndicesCodes)),
        >= MaskCodes => Name(NodeKind.Mask, (byte)(code - MaskCodes)),
        >= OperatorCodes => Name(NodeKind.Apply, (byte)(code - OperatorCodes)),
        >= ReductionCodes => Name(NodeKind.Reduce, (byte)(code - ReductionCodes)),
        >= BinaryCodes => Name(NodeKind.Binary, (byte)(code - BinaryCodes)),
        >= UnaryCodes => Name(NodeKind.Unary, (byte)(code - UnaryCodes)),
        _ => Name((NodeKind)code, 0),
    };

    private static string Name(NodeKind kind, byte code) => kind switch
    {
        NodeKind.Constant => "From",
        NodeKind.Leaf => "Of",
        NodeKind.Mask => code switch { 0 => "Mask.From", < LogicCodes => ((Comparison)(code - 1)).ToString(), _ => ((MaskOperation)(code - LogicCodes)).ToString() },
        NodeKind.Indices => code == OrderCode ? "Order" : "Indices.From",
        NodeKind.Unary => ((UnaryOperation)code).ToString(),
        NodeKind.Binary => ((BinaryOperation)code).ToString(),
        NodeKind.Reduce => ((Reduction)code).ToString(),
        NodeKind.Apply => ((Operator)code).ToString(),
        _ => kind.ToString(),
    };
}
