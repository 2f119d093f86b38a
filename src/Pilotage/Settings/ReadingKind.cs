namespace Pilotage.Settings;

/// <summary>What a text is to a setting's type.</summary>
internal enum ReadingKind
{
    /// <summary>A value of the type.</summary>
    Value,

    /// <summary>Something else.</summary>
    WrongType,

    /// <summary>Not a number, or infinite.</summary>
    NotFinite,

    /// <summary>A number that the type cannot hold.</summary>
    TooLarge,
}
