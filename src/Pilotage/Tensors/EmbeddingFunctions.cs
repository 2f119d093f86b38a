namespace Pilotage.Tensors;

/// <summary>Rows of tables. It reads as a member: <c>tokens.Embed(table)</c>.</summary>
public static class EmbeddingFunctions
{
    extension(Indices indices)
    {
        /// <summary>Rows of a table, one for each index.</summary>
        /// <param name="table">[vocabulary, n].</param>
        /// <returns>The shape of the indices with n appended. The gradient adds to the rows used.</returns>
        /// <exception cref="ArgumentException">The table has no two axes.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An index lies outside the table.</exception>
        public Tensor Embed(Parameter table)
        {
            if (table.Shape.Rank != 2) throw new ArgumentException($"Embed: the table {table.Name} {table.Shape} does not fit; wanted [vocabulary, n].", nameof(table));
            Span<int> extents = stackalloc int[Shape.MaximumRank];
            var shape = indices.Shape;
            if (shape.Rank == Shape.MaximumRank) throw new ArgumentException($"Embed: indices {shape} leave no room for another axis.");
            shape.CopyTo(extents);
            extents[shape.Rank] = table.Shape[1];
            var tape = indices.Tape;
            return new(tape, tape.Apply(Operator.Embedding, [indices.Slot], new() { Weight = table }, new Shape(extents[..(shape.Rank + 1)])));
        }
    }
}
