namespace Pilotage.Language.Tokenizers;

/// <summary>Where a tokenizer puts one more space in front of a text.</summary>
internal enum SpacePrefix : byte
{
    /// <summary>Nowhere.</summary>
    Never,

    /// <summary>In front of the whole text.</summary>
    First,

    /// <summary>In front of each part between special tokens.</summary>
    Always,
}
