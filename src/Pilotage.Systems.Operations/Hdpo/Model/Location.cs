namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>A place that holds stock: a store, which sells, or a warehouse, which ships.</summary>
/// <param name="Name">For tables and files.</param>
/// <param name="IsStore">Whether customers come here.</param>
/// <param name="HoldingCost">h: money for one unit that is on hand at a period's end.</param>
/// <param name="ShortageCost">p: money for one unit of demand that could not be met in a period, or its price where profit is told; 0 for warehouses.</param>
internal sealed record Location(string Name, bool IsStore, double HoldingCost, double ShortageCost = 0);
