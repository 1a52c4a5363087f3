import protobuf from 'protobufjs';

/**
 * The part of TensorFlow's SavedModel format that we write. Field numbers are those of the published
 * protocol buffers; what is left out keeps its default.
 */
const SCHEMA = `
syntax = "proto3";
message SavedModel { int64 saved_model_schema_version = 1; repeated MetaGraph meta_graphs = 2; }
message MetaGraph {
  MetaInfo meta_info_def = 1;
  Graph graph_def = 2;
  map<string, Signature> signature_def = 5;
}
message MetaInfo { repeated string tags = 4; string tensorflow_version = 5; }
message Graph { repeated GraphNode node = 1; Versions versions = 4; }
message Versions { int32 producer = 1; int32 min_consumer = 2; }
message GraphNode {
  string name = 1;
  string op = 2;
  repeated string input = 3;
  string device = 4;
  map<string, Attribute> attr = 5;
}
message Attribute {
  oneof value {
    List list = 1;
    bytes s = 2;
    int64 i = 3;
    float f = 4;
    bool b = 5;
    int32 type = 6;
    Shape shape = 7;
    TensorValue tensor = 8;
  }
}
message List { repeated int64 i = 3 [packed = true]; }
message Shape { repeated Axis dim = 2; }
message Axis { int64 size = 1; }
message TensorValue { int32 dtype = 1; Shape tensor_shape = 2; bytes tensor_content = 4; }
message Signature {
  map<string, TensorInfo> inputs = 1;
  map<string, TensorInfo> outputs = 2;
  string method_name = 3;
}
message TensorInfo { string name = 1; int32 dtype = 2; Shape tensor_shape = 3; }
`;

const { root } = protobuf.parse(SCHEMA, { keepCase: true });
const savedModel = root.lookupType('SavedModel');

/** TensorFlow's numbers for kinds of elements. */
export const DATA_TYPE = { f32: 1, i32: 3, bool: 10, string: 7, resource: 20, u64: 23 } as const;
export type DataType = keyof typeof DATA_TYPE;

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly device: string;
  readonly attr: Readonly<Record<string, Attribute>>;
}

export type Attribute =
  | { readonly i: number }
  | { readonly f: number }
  | { readonly b: boolean }
  | { readonly s: Uint8Array }
  | { readonly type: number }
  | { readonly shape: Shape }
  | { readonly list: { readonly i: readonly number[] } }
  | {
      readonly tensor: {
        readonly dtype: number;
        readonly tensor_shape: Shape;
        readonly tensor_content: Uint8Array;
      };
    };

export interface Shape {
  readonly dim: readonly { readonly size: number }[];
}

export interface TensorInfo {
  readonly name: string;
  readonly dtype: number;
  readonly tensor_shape: Shape;
}

export interface Signature {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly outputs: Readonly<Record<string, TensorInfo>>;
  readonly method_name: string;
}

/** The tag under which the one graph of our SavedModel is loaded. */
export const SERVE_TAG = 'serve';

/** The version of GraphDef semantics that the emissions are written for; newer libraries accept older ones. */
const GRAPH_VERSION = 1395;

/** The bytes of `saved_model.pb`. */
export function encodeSavedModel(
  nodes: readonly GraphNode[],
  signatures: Readonly<Record<string, Signature>>,
): Uint8Array {
  return savedModel
    .encode({
      saved_model_schema_version: 1,
      meta_graphs: [
        {
          meta_info_def: { tags: [SERVE_TAG] },
          graph_def: { node: nodes, versions: { producer: GRAPH_VERSION, min_consumer: 12 } },
          signature_def: signatures,
        },
      ],
    })
    .finish();
}
