/// Amazon Bedrock: models of several vendors, behind Amazon's own signatures.
@NullMarked
package dev.torii.engine.provider.bedrock;

import org.jspecify.annotations.NullMarked;
