using System.Runtime.Intrinsics;

namespace Pilotage.Tensors.Kernels;

/// <summary>Which registers the matrix products use. The bits of the results are the same.</summary>
internal enum VectorWidth : byte
{
    /// <summary>The widest registers that the machine has.</summary>
    Widest,

    /// <summary>At most 256-bit registers.</summary>
    Narrow,

    /// <summary>At most 128-bit registers: all that arm64 has.</summary>
    Narrowest,
}

/// <summary>Matrix products in register tiles.</summary>
/// <remarks>
/// No element's bits depend on the tile it falls into, on the number of rows or columns, on copies of blocks or on the vector width: each is one chain over the
/// steps in order. A chain longer than <see cref="StepBlock"/> goes on from c in memory, which holds the same bits as a register.
/// </remarks>
internal static unsafe class Matrices
{
    /// <summary>Steps of a block: six rows of a and the panels of b that they meet stay in the first two caches.</summary>
    public const int StepBlock = 256;

    /// <summary>Columns of a block of b: 256 KB with all its steps, a quarter of a second-level cache.</summary>
    public const int ColumnBlock = 256;

    /// <summary>Up to so many columns a product is computed transposed, so that the rows fill the vectors.</summary>
    private const int FewColumns = 4;

    /// <summary>Fewer rows fill no vector.</summary>
    private const int ManyRows = 8;

    /// <summary>Elements from row to row, measured: half a page, beyond which a pass over the rows misses the first cache and the page tables.</summary>
    private const int FarApart = 512;

    /// <summary>Columns of the widest tile.</summary>
    private const int WidestPanel = 64;

    /// <summary>As many chunks keep a handful of threads evenly busy.</summary>
    private const int EnoughChunks = 8;

    /// <summary>Fewer rows would copy or turn a part of b for too little work.</summary>
    private const int FewestChunkRows = 96;

    /// <summary>Up to so many rows it does not pay to store b's panels.</summary>
    private const int FewRows = 4;

    /// <summary>Fewer multiply-adds are done by one thread before a second one would have begun.</summary>
    private const long WorthThreads = 1 << 20;

    /// <summary>Computes rows by columns elements of c.</summary>
    /// <param name="product">Operands.</param><param name="rows">Of a and c.</param><param name="columns">Of b and c.</param>
    /// <param name="scratch">For copies of blocks. Null where b's columns are contiguous: then nothing is copied.</param>
    /// <param name="workers">Threads that help with large products; null for none.</param>
    /// <param name="width">Which registers.</param>
    public static void Multiply(in MatrixProduct product, int rows, int columns, Arena? scratch = null, Workers? workers = null, VectorWidth width = VectorWidth.Widest) =>
        Multiply(product, Members.One, rows, columns, scratch, workers, width);

    /// <summary>Computes several products of one shape. Threads share all of them out at once, so that they wait for each other once.</summary>
    /// <param name="product">Operands of the first.</param><param name="members">Where the others lie.</param><param name="rows">Of a and c.</param><param name="columns">Of b and c.</param>
    /// <param name="scratch">For copies of blocks, as for one.</param><param name="workers">Threads that help; null for none.</param><param name="width">Which registers.</param>
    public static void Multiply(in MatrixProduct product, in Members members, int rows, int columns, Arena? scratch, Workers? workers, VectorWidth width = VectorWidth.Widest)
    {
        if (rows == 0 || columns == 0) return;
        var split = new Split { Product = product, Members = members, Rows = rows, Columns = columns, Width = width };
        if (workers == null || scratch == null || (long)rows * columns * product.Steps * members.Count < WorthThreads)
            for (var member = 0; member < members.Count; member++) MultiplyAlone(split.Of(member), rows, columns, scratch, width);
        else workers.Run(&Split.Multiply, &split, members.Count * split.Chunks, scratch);
    }

    /// <summary>Elements of scratch that one thread takes for a product; the addresses are not used.</summary>
    public static int ScratchLength(in MatrixProduct product, int rows, int columns)
    {
        if (columns > FewColumns || rows < ManyRows) return BlocksLength(product, rows, columns);
        var turned = product with { ARow = product.BColumn, AStep = product.BStep, BColumn = product.ARow, BStep = product.AStep };
        return rows * columns + BlocksLength(turned, columns, rows);
    }

    private static int BlocksLength(in MatrixProduct product, int rows, int columns)
    {
        var turned = IsTurned(product, columns);
        var panels = (turned && rows > FewRows) || PaysToCopy(product, rows, columns);
        return (panels ? Panels.Room(Math.Min(StepBlock, product.Steps), Math.Min(ColumnBlock, columns), WidestPanel) : 0)
            + (PaysToCopyRows(product, columns) ? Panels.Tiles * Panels.RowStep * StepBlock : 0);
    }

    private static void MultiplyAlone(in MatrixProduct product, int rows, int columns, Arena? scratch, VectorWidth width)
    {
        var mark = scratch?.Mark ?? default;
        if (columns <= FewColumns && rows >= ManyRows && scratch != null) MultiplyTurned(product, rows, columns, scratch, width);
        else MultiplyDirectly(product, rows, columns, scratch, width);
        scratch?.Release(mark);
    }

    private static void MultiplyTurned(in MatrixProduct product, int rows, int columns, Arena scratch, VectorWidth width)
    {
        // c^T = b^T a^T.
        var p = product;
        p.A = product.B;
        p.B = product.A;
        (p.ARow, p.AStep, p.BColumn, p.BStep) = (product.BColumn, product.BStep, product.ARow, product.AStep);
        var straight = columns == 1 && product.CRow == 1;
        p.C = straight ? product.C : scratch.Take(rows * columns);
        p.CRow = rows;
        // What was one start for all rows of a column is now one for all columns of a row.
        if (product.Start != null && !product.Add)
        {
            for (var column = 0; column < columns; column++) new Span<float>(p.C + (nint)column * rows, rows).Fill(product.Start[column]);
            p.Start = null;
            p.Add = true;
        }
        else if (product.Add && !straight) Move(product.C, product.CRow, 1, p.C, 1, rows, rows, columns);
        MultiplyDirectly(p, columns, rows, scratch, width);
        if (!straight) Move(p.C, 1, rows, product.C, product.CRow, 1, rows, columns);
    }

    private static void Move(float* source, nint sourceRow, nint sourceColumn, float* target, nint targetRow, nint targetColumn, int rows, int columns)
    {
        for (var column = 0; column < columns; column++)
            for (var row = 0; row < rows; row++) target[row * targetRow + column * targetColumn] = source[row * sourceRow + column * sourceColumn];
    }

    private static void MultiplyDirectly(in MatrixProduct p, int rows, int columns, Arena? scratch, VectorWidth width)
    {
        var turned = IsTurned(p, columns);
        // Wider vectors do not turn faster: they are put together from these.
        if (turned && rows <= FewRows && columns >= 8 && Vector256.IsHardwareAccelerated && width != VectorWidth.Narrowest)
            FewTurned<EightLanes, Vector256<float>>(p, rows, columns);
        else if (turned && rows <= FewRows && columns >= 4) FewTurned<FourLanes, Vector128<float>>(p, rows, columns);
        else if (Vector512.IsHardwareAccelerated && width == VectorWidth.Widest) Blocked<SixteenLanes, Vector512<float>, Four>(p, rows, columns, turned, scratch);
        else if (Vector256.IsHardwareAccelerated && width != VectorWidth.Narrowest) Blocked<EightLanes, Vector256<float>, Two>(p, rows, columns, turned, scratch);
        else Blocked<FourLanes, Vector128<float>, Four>(p, rows, columns, turned, scratch);
    }

    /// <summary>Blocks of steps, in them blocks of columns, in them tiles of rows, in them panels of columns.</summary>
    private static void Blocked<TLanes, TVector, TWide>(in MatrixProduct product, int rows, int columns, bool turned, Arena? scratch)
        where TLanes : ILanes<TVector> where TVector : struct where TWide : unmanaged, ICount
    {
        var panel = sizeof(TWide) * TLanes.Count;
        var copied = !turned && scratch != null && PaysToCopy(product, rows, columns);
        var packed = turned || copied;
        var rowsCopied = scratch != null && PaysToCopyRows(product, columns);
        var columnBlock = packed ? ColumnBlock : columns;
        var panels = packed ? scratch!.Take(Panels.Room(Math.Min(StepBlock, product.Steps), Math.Min(columnBlock, columns), panel)) : null;
        var tileRows = rowsCopied ? scratch!.Take(Panels.Tiles * Panels.RowStep * StepBlock) : null;
        var step = 0;
        do
        {
            var block = product;
            block.Steps = Math.Min(StepBlock, product.Steps - step);
            block.Add = product.Add || step > 0;
            for (var column = 0; column < columns; column += columnBlock)
            {
                var count = Math.Min(columnBlock, columns - column);
                block.B = product.B + step * product.BStep + column * product.BColumn;
                block.C = product.C + column;
                if (product.Start != null) block.Start = product.Start + column;
                if (turned) Panels.Turn(block.B, product.BColumn, block.Steps, count, panel, panels);
                else if (copied) Panels.Copy(block.B, product.BStep, block.Steps, count, panel, panels);
                if (packed)
                {
                    block.B = panels;
                    block.BStep = panel;
                }
                var firstCopied = 0;
                for (var row = 0; row < rows;)
                {
                    var height = (rows - row) switch { >= 9 or 6 => 6, 7 or 8 => 4, var rest => rest };
                    var tile = block;
                    tile.A = product.A + step * product.AStep + row * product.ARow;
                    tile.C = block.C + row * product.CRow;
                    if (rowsCopied)
                    {
                        var place = (row - firstCopied) / Panels.TileRows;
                        if (row == 0 || place == Panels.Tiles || place * Panels.TileRows != row - firstCopied)
                        {
                            (firstCopied, place) = (row, 0);
                            Panels.CopyRows(tile.A, product.AStep, block.Steps, Math.Min(Panels.Tiles, (rows - row + Panels.TileRows - 1) / Panels.TileRows), tileRows);
                        }
                        tile.A = tileRows + (nint)place * block.Steps * Panels.RowStep;
                        tile.AStep = Panels.RowStep;
                    }
                    switch (height)
                    {
                        case 1: Row<TLanes, TVector, One, TWide>(tile, count, packed); break;
                        case 2: Row<TLanes, TVector, Two, TWide>(tile, count, packed); break;
                        case 3: Row<TLanes, TVector, Three, TWide>(tile, count, packed); break;
                        case 4: Row<TLanes, TVector, Four, TWide>(tile, count, packed); break;
                        case 5: Row<TLanes, TVector, Five, TWide>(tile, count, packed); break;
                        default: Row<TLanes, TVector, Six, TWide>(tile, count, packed); break;
                    }
                    row += height;
                }
            }
            step += StepBlock;
        }
        while (step < product.Steps);
    }

    /// <summary>One row of tiles. Copied panels lie one behind another.</summary>
    private static void Row<TLanes, TVector, TRows, TWide>(in MatrixProduct p, int columns, bool packed)
        where TLanes : ILanes<TVector> where TVector : struct where TRows : unmanaged, ICount where TWide : unmanaged, ICount
    {
        var w = TLanes.Count;
        var panel = sizeof(TWide) * w;
        var next = packed ? (nint)p.Steps * panel : panel;
        var column = 0;
        var b = p.B;
        if (sizeof(TRows) <= 2 && sizeof(TWide) < 4 && !packed)
            for (; column <= columns - 4 * w; column += 4 * w, b += 4 * w) MatrixTiles<TLanes, TVector>.Run<TRows, Four>(p, b, column, w);
        for (; column <= columns - panel; column += panel, b += next) MatrixTiles<TLanes, TVector>.Run<TRows, TWide>(p, b, column, w);
        var (vectors, rest) = Math.DivRem(columns - column, w);
        // Few left-over lanes fill a narrower register better.
        var narrower = rest > 0 && rest <= w / 2 && w > 4;
        if (rest > 0 && !narrower) vectors++;
        var lanes = rest > 0 && !narrower ? rest : w;
        switch (vectors)
        {
            case 1: MatrixTiles<TLanes, TVector>.Run<TRows, One>(p, b, column, lanes); break;
            case 2: MatrixTiles<TLanes, TVector>.Run<TRows, Two>(p, b, column, lanes); break;
            case 3: MatrixTiles<TLanes, TVector>.Run<TRows, Three>(p, b, column, lanes); break;
            case 4: MatrixTiles<TLanes, TVector>.Run<TRows, Four>(p, b, column, lanes); break;
        }
        if (!narrower) return;
        column += vectors * w;
        b += vectors * w;
        if (rest > 4) MatrixTiles<EightLanes, Vector256<float>>.Run<TRows, One>(p, b, column, rest);
        else MatrixTiles<FourLanes, Vector128<float>>.Run<TRows, One>(p, b, column, rest);
    }

    private static void FewTurned<TLanes, TVector>(in MatrixProduct p, int rows, int columns)
        where TLanes : ILanes<TVector> where TVector : struct
    {
        switch (rows)
        {
            case 1: RowTurned<TLanes, TVector, One, Two>(p, columns); break;
            case 2: RowTurned<TLanes, TVector, Two, Two>(p, columns); break;
            case 3: RowTurned<TLanes, TVector, Three, Two>(p, columns); break;
            default: RowTurned<TLanes, TVector, Four, Two>(p, columns); break;
        }
    }

    private static void RowTurned<TLanes, TVector, TRows, TWide>(in MatrixProduct p, int columns)
        where TLanes : ILanes<TVector> where TVector : struct where TRows : unmanaged, ICount where TWide : unmanaged, ICount
    {
        var w = TLanes.Count;
        var column = 0;
        for (; column <= columns - sizeof(TWide) * w; column += sizeof(TWide) * w) TransposedTiles<TLanes, TVector>.Run<TRows, TWide>(p, column, w);
        for (; column <= columns - w; column += w) TransposedTiles<TLanes, TVector>.Run<TRows, One>(p, column, w);
        // The last vector begins earlier, over columns that are done: all its lanes lie within the matrix, and only the new ones are stored.
        if (column < columns) TransposedTiles<TLanes, TVector>.Run<TRows, One>(p, columns - w, columns - column);
    }

    private static bool IsTurned(in MatrixProduct p, int columns) => p.BColumn != 1 && columns > 1;

    /// <summary>Rows of b are far apart and read often enough. A narrower panel takes one line of each row, so that shorter rows already compete for cache sets.</summary>
    private static bool PaysToCopy(in MatrixProduct p, int rows, int columns) =>
        p.BColumn == 1 && p.BStep >= (Vector512.IsHardwareAccelerated ? FarApart : FarApart / 2) && rows >= 48 && p.Steps >= 16 && columns >= WidestPanel;

    /// <summary>Rows of a that lie side by side are far apart from step to step, and every panel reads them again.</summary>
    private static bool PaysToCopyRows(in MatrixProduct p, int columns) => p.ARow == 1 && p.AStep >= FarApart / 2 && columns >= ColumnBlock && p.Steps >= 32;

    /// <summary>Large products in chunks for several threads.</summary>
    private struct Split
    {
        public MatrixProduct Product;
        public Members Members;
        public int Rows;
        public int Columns;
        public VectorWidth Width;

        /// <summary>Columns first: chunks of columns copy different parts of b. Rows are split only where columns are few.</summary>
        private readonly int ChunkColumns => Columns >= 2 * ColumnBlock ? ColumnBlock : WidestPanel;

        private readonly int ColumnChunks => (Columns + ChunkColumns - 1) / ChunkColumns;

        private readonly int ChunkRows => Math.Max(FewestChunkRows, (Rows * ColumnChunks / EnoughChunks + 5) / 6 * 6);

        /// <summary>Of one product.</summary>
        public readonly int Chunks => ColumnChunks * ((Rows + ChunkRows - 1) / ChunkRows);

        public readonly MatrixProduct Of(int member)
        {
            var product = Product;
            product.A += member * Members.A;
            product.B += member * Members.B;
            product.C += member * Members.C;
            if (product.Start != null) product.Start += member * Members.Start;
            return product;
        }

        public static void Multiply(void* state, int chunk, Arena scratch)
        {
            ref readonly var split = ref *(Split*)state;
            var (member, place) = Math.DivRem(chunk, split.Chunks);
            var (row, column) = Math.DivRem(place, split.ColumnChunks);
            (row, column) = (row * split.ChunkRows, column * split.ChunkColumns);
            var part = split.Of(member);
            part.A += row * part.ARow;
            part.B += column * part.BColumn;
            part.C += row * part.CRow + column;
            if (part.Start != null) part.Start += column;
            MultiplyAlone(part, Math.Min(split.ChunkRows, split.Rows - row), Math.Min(split.ChunkColumns, split.Columns - column), scratch, split.Width);
        }
    }
}
