namespace Shadow;

/// <summary>What the shop knows each evening.</summary>
/// <param name="Stock">Pieces on the shelf.</param>
/// <param name="UnderWay">Pieces that come tomorrow.</param>
/// <param name="Weekday">0 for Monday.</param>
internal sealed record ShopState(float Stock, float UnderWay, int Weekday);

/// <summary>What is ordered.</summary>
/// <param name="Crates">Of 12 pieces.</param>
/// <param name="DecidedBy"><c>rule</c> or <c>policy</c>.</param>
internal sealed record Order(int Crates, string DecidedBy);

/// <summary>Today's rule: once stock and orders under way fall to 40 pieces, order crates up to 80.</summary>
internal static class OrderingRule
{
    public static int Crates(ShopState state) => state.Stock + state.UnderWay is var pieces and <= 40 ? (int)(80 - pieces) / 12 : 0;
}
