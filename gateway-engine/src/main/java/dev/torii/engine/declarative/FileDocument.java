package dev.torii.engine.declarative;

import java.util.List;

/// A file taken apart: its entities in a flat list, parents before the children in them.
///
/// @param root for the places of values
/// @param transform whether values such as passwords are plain, and so to be hashed
/// @param selectTags decK's: the file speaks only of entities that have all of these
/// @param notes what the file says and Torii passes over, one sentence each
record FileDocument(
        Located root,
        List<FileEntity> entities,
        boolean transform,
        List<String> selectTags,
        List<String> notes) {}
