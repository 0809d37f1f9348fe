/// Amazon Bedrock's Converse, and the event streams that carry Bedrock's answers.
@NullMarked
package dev.torii.engine.dialect.bedrock;

import org.jspecify.annotations.NullMarked;
